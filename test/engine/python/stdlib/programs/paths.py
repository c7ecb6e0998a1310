"""pathlib, shutil, tempfile, urllib.parse and html."""
from pathlib import *
from urllib.parse import *
import html, os
import shutil; shutil.rmtree("wp", ignore_errors=True)
p=Path("wp/sub"); p.mkdir(parents=True); (p/"a.txt").write_text("hello\n"); (p/"b.tar.gz").touch()
print(p, repr(p), p/"a.txt", "x"/p, p.parent, p.parents[0], list(p.parents), p.parts, Path("/a/b").parts, Path(), Path(""), Path("a//b/./c/../d"))
q=p/"b.tar.gz"
print(q.suffix,q.suffixes,q.stem,q.name,q.with_suffix(".zip"),q.with_name("z"),q.with_stem("k"),q.is_file(),q.exists(),p.is_dir())
print(sorted(p.iterdir()), sorted(Path("wp").glob("**/*.txt")), sorted(Path("wp").rglob("*")), sorted(Path("wp").glob("*")))
for e in ["p.mkdir()","Path('nope').read_text()","Path('nope').unlink()","p.relative_to('q')","p.with_suffix('x')","Path('/').with_name('x')","Path(3)","p/3","p.rmdir()", "(p/'a.txt').write_text(3)","Path('a')<3", "Path('a').relative_to()"]:
    try: print(e, eval(e))
    except Exception as x: print(e, type(x).__name__, x)
print(p.relative_to("wp"), p.is_relative_to("wp"), q.match("*.gz"), (p/"a.txt").read_text(), Path("a")==Path("a/"), Path("b")>Path("a"), hash(Path("a"))==hash(Path("a")), PurePosixPath("/a").is_absolute(), Path("/a/b").as_uri(), isinstance(p, os.PathLike))
print(PureWindowsPath("c:/a/b"), repr(PureWindowsPath("c:\\a")), PureWindowsPath("C:/A")==PureWindowsPath("c:/a"))
print((p/"a.txt").rename(p/"c.txt"), p.joinpath("x","y"), p.stat().st_size>0, Path.cwd()==Path().resolve(), Path("x").absolute()==Path.cwd()/"x")
with (p/"c.txt").open() as f: print(f.read())
import tempfile
with tempfile.TemporaryDirectory() as d: print(os.path.isdir(d)); Path(d,"x").write_text("1")
print(os.path.exists(d))
with tempfile.NamedTemporaryFile("w+") as f: f.write("x"); f.seek(0); print(f.read())
shutil.copytree("wp","wp2",dirs_exist_ok=True); print(sorted(Path("wp2").rglob("*"))); shutil.move("wp2","wp/wp2"); print(os.listdir("wp/wp2")); shutil.rmtree("wp")
try: shutil.rmtree("wp")
except FileNotFoundError as e: print(e)
print(urlparse("http://u:p@Host:80/a/b;x?q=1#f"), urlsplit("http://a/b?c#d").hostname, quote("a b/ü&"), quote_plus("a b&c"), unquote("%C3%BCx%zz"), urlencode({"a":1,"b":[1,2]},doseq=True), parse_qs("a=1&b=2&a=3&c="), urljoin("http://a/b/c/d","../e?x"), urlunparse(("http","a","b","","c=d","")))
print(html.escape("<a href='x'>&\""), html.unescape("&lt;&#39;&#x41;&eacute;&nope;&ampx"))
