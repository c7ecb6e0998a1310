"""configparser: converters, names in other letters, what is deprecated."""
import configparser
import io
import warnings


class Strange(configparser.ConfigParser):
    getcolour = "not a method"

    def getlen(self, section, option, **kw):
        return self._get_conv(section, option, len, **kw)


s = Strange(converters={"upper": str.upper})
s.read_string("[one]\na = x\nbb = 12\n[two]\nc = %(A)s\nd = ${one:a}\n[DEFAULT]\nA = root\n")
print(dict(s.converters), len(s.converters), s["one"].getlen("bb"), s["one"].getupper("a"), s["two"].getlen("none"), s["two"].getint("none", 3))
for key, value in (("int", int), ("", str), (3, str), ("list", str.split)):
    try:
        s.converters[key] = value
        print(s["two"].getlist("c") if key == "list" else s.getint("one", "bb"))
    except ValueError as e:
        print(e)
for key in ("list", "", "nothing"):
    try:
        del s.converters[key]
        print(hasattr(s, "getlist"), hasattr(s["one"], "getlist"))
    except KeyError as e:
        print("KeyError", e)
s.getlen = lambda section, option: -1
print(s.getlen("one", "bb"), s["one"].getlen("bb"))
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    old = configparser.ConfigParser(interpolation=configparser.LegacyInterpolation())
    old.read_string("[a]\nName = n\nfull = %(NAME)s!\nbad = %(none)s\n")
    print(old.get("a", "full"))
    try:
        old.get("a", "bad")
    except configparser.InterpolationMissingOptionError as e:
        print(e)
    old.readfp(io.StringIO("[b]\nx=1"))
    print([str(w.message) for w in seen], old.sections())
try:
    configparser.ParsingError()
except ValueError as e:
    print(e)
