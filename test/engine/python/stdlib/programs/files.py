"""os, os.path, glob and fnmatch on an empty workspace, and the errors they raise."""
import os, fnmatch, glob, os.path
from os.path import join
import shutil as _s
_s.rmtree("wd", ignore_errors=True)
os.makedirs("wd/a/b"); open("wd/a/x.txt","w").write("hi"); open("wd/a/b/y.py","w").close()
print(sorted(os.listdir("wd/a")), os.path.exists("wd"), os.path.isdir("wd/a/x.txt"), os.path.getsize("wd/a/x.txt"))
for e in ["os.mkdir('wd')","os.listdir('nope')","os.rmdir('wd')","os.remove('wd')","os.stat('nope')","open('wd')","os.rename('nope','x')","os.listdir('wd/a/x.txt')","os.makedirs('wd/a')","os.environ['NOPE']","os.environ.__setitem__('a',1)","os.chdir('q')","os.stat('wd/a/x.txt/z')", "join('a',1)","os.fspath(3)","os.path.commonpath(['/a','b'])"]:
    try: print(e, eval(e))
    except Exception as x: print(e, type(x).__name__, x)
print([(a,sorted(b),sorted(c)) for a,b,c in os.walk("wd")])
print(sorted(glob.glob("wd/**/*", recursive=True)), sorted(glob.glob("wd/*/*.txt")), glob.glob("wd/a/[x]*"), sorted(glob.glob("wd/**/", recursive=True)))
print(os.path.split("/a/b/"), os.path.splitext("a.tar.gz"), os.path.splitext(".bashrc"), os.path.normpath("/a/../b//c/."), os.path.relpath("/a/b","/a/c/d"), os.path.commonprefix(["abc","abd"]))
print(fnmatch.fnmatch("abc.py","*.p[xy]"), fnmatch.filter(["a","b1"],"b*"), fnmatch.translate("*.p[!x]?*a*b"))
os.environ["Q"]="1"; print(os.getenv("Q"), os.environ.get("zz","d"), os.path.expandvars("$Q/${Q}x$zzz"), "Q" in os.environ)
print(os.sep, os.linesep, os.name, os.stat("wd/a/x.txt").st_size, oct(os.stat("wd").st_mode)[:4])
with os.scandir("wd/a") as it: print(sorted((e.name,e.is_dir()) for e in it))
os.replace("wd/a/x.txt","wd/z.txt"); print(os.path.isfile("wd/z.txt"), len(os.urandom(5)))
import posixpath; print(isinstance("x", os.PathLike), os.path is posixpath)
with open(os.devnull, "w") as sink: print(sink.write("into nothing"), os.path.exists("/dev/null"))
print(repr(open("/dev/null").read()), open("/dev/null", "rb").read())
import codecs, io
for encoding in ("utf-8", "latin-1", "utf-16"):
    raw = io.BytesIO(); writer = codecs.getwriter(encoding)(raw); writer.write("é1\n"); writer.writelines(["two\n", "ü"])
    print(raw.getvalue() if encoding != "utf-16" else len(raw.getvalue()))
    if encoding == "utf-16": continue
    with codecs.getreader(encoding)(io.BytesIO(raw.getvalue())) as reader: print([reader.readline(), reader.read(), reader.read()])
    print(list(codecs.getreader(encoding)(io.BytesIO(raw.getvalue()))), codecs.getreader(encoding)(io.BytesIO(raw.getvalue())).readlines(keepends=False))
try: codecs.getreader("ascii")(io.BytesIO(b"\xff")).read()
except UnicodeDecodeError as e: print(e)
for name in "cp1250 cp1251 windows-1251 1253 cp1254 cp1256 cp1257 iso8859-2 iso-8859-2 ISO_8859_5 iso8859-7 koi8-r mac_roman cp866 iso-8859-13".split():
    high = bytes(range(128, 256)).decode(name, "replace")
    print(name, codecs.lookup(name).name, high, high.encode(name, "replace") == bytes(range(128, 256)), "Ж".encode(name, "replace"))
for attempt in (lambda: "日".encode("cp1251"), lambda: b"\x98".decode("cp1251"), lambda: "a".encode("cp9999"), lambda: b"a".decode("iso-8859-99")):
    try: print(attempt())
    except (ValueError, LookupError) as e: print(type(e).__name__, e)
import shutil, threading, contextvars
for mode, act in (("rb", lambda f: f.write(b"x")), ("wb", lambda f: f.read()), ("r", lambda f: f.write("x")), ("w", lambda f: f.read())):
    open("modes", "w").close()
    with open("modes", mode) as f:
        try: act(f)
        except io.UnsupportedOperation as e: print(mode, e)
for act in (lambda: shutil.move("absent", "there"), lambda: threading.Lock().acquire(False, 1), lambda: threading.local().x):
    try: act()
    except (OSError, ValueError, AttributeError) as e: print(e)
variable = contextvars.ContextVar("variable"); print(variable.set(1).old_value)
