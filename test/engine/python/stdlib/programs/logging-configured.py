"""logging configured by dictionaries with references, formats that are none, paths that end like folders."""
import logging
import logging.config
import collections
import pathlib
import sys


def ask(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e, "|", repr(e.__cause__)[:90])


class Shout(logging.Formatter):
    def __init__(self, fmt, datefmt=None, style="%", mark="!"):
        super().__init__(fmt, datefmt, style)
        self.mark = mark
    def format(self, record):
        return super().format(record).upper() + self.mark


Place = collections.namedtuple("Place", "city land")


class Placed(logging.StreamHandler):
    def __init__(self, place, **kw):
        super().__init__(**kw)
        self.place = place
    def emit(self, record):
        print(self.place.city, self.format(record))


base = {
    "version": 1,
    "disable_existing_loggers": False,
    "true_formatters": {"f": {"format": "%(levelname)s:%(message)s"}},
    "formatters": "cfg://true_formatters",
    "level_for_all": "WARNING",
    "spec": {"class": "logging.StreamHandler", "formatter": "f", "stream": "ext://sys.stdout", "level": "cfg://level_for_all"},
    "handlers": {"h": "cfg://spec"},
    "names": ["h"],
    "root": {"level": "INFO", "handlers": "cfg://names"},
}
logging.config.dictConfig(base)
logging.info("not shown")
logging.warning("shown")
logging.config.dictConfig({
    "version": 1,
    "formatters": {"s": {"()": Shout, "format": "%(name)s %(message)s", "mark": "?!"}, "t": {"()": "string.Template", "template": "x"}},
    "handlers": {
        "h": {"()": Placed, "place": Place("Ulm", "D"), "formatter": "s"},
        "g": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", ".": {"terminator": "<<\n"}},
    },
    "loggers": {"a.b": {"handlers": ["h", "g"], "level": "DEBUG", "propagate": False}},
})
logging.getLogger("a.b").debug("made")
for change in (
    {"handlers": {"h": {"class": "logging.StreamHandler", "9": 1}}},
    {"handlers": {"h": {"class": "logging.NoHandler"}}},
    {"handlers": {"h": {"class": "logging.StreamHandler", "formatter": "none"}}},
    {"handlers": {"h": {"class": "logging.StreamHandler", "level": "NOTHING"}}},
    {"formatters": {"f": {"format": "%(message)"}}},
    {"formatters": {"f": {"()": Shout, "wrong": 1}}},
    {"filters": {"f": {"()": "nothing.at.all"}}},
    {"loggers": {"x": {"handlers": ["none"]}}},
    {"root": {"filters": ["none"]}},
    {"root": {"level": "cfg://nothing"}},
    {"version": 2},
):
    ask(lambda: logging.config.dictConfig({"version": 1, **change}))
for fmt, style in (
    ("%(asctime)*3s", "%"), ("%(message)*s", "%"), ("%(message)-10.3s", "%"), ("%(message).*f", "%"), ("%(process)+.2ff", "%"), ("%(message)", "%"), ("no fields", "%"),
    ("{message!r:>10}", "{"), ("{message:?^10}", "{"), ("{message!z}", "{"), ("{}", "{"), ("${message}", "$"), ("$message", "$"), ("message", "$"), ("$$", "$"), ("x", "@"),
):
    ask(lambda: logging.Formatter(fmt, style=style)._fmt)
r = logging.makeLogRecord({"msg": "%s and %s", "args": ("a", "b"), "name": "n"})
print(r.getMessage(), r.filename, logging.LogRecord("n", 10, None, 1, "m", (), None).module)

p = pathlib.Path("some")
for d in ("some/a/b", "some/c"):
    pathlib.Path(d).mkdir(parents=True)
for f in ("some/x.txt", "some/a/y.txt", "some/a/b/z.py"):
    pathlib.Path(f).touch()
print(sorted(map(str, p.glob("*/"))), sorted(map(str, p.rglob("*/"))), sorted(map(str, p.glob("**/"))), sorted(map(str, p.glob("*"))), sorted(map(str, p.glob("**/*.txt"))))
for suffix in ((".a", "b"), "x", ".", "a/b", ".tar.gz", ""):
    ask(lambda: pathlib.PurePosixPath("a/b.c").with_suffix(suffix))
