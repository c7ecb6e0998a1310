"""Record what CPython prints for the programs of the tests (NAME.py, or a folder NAME with main.py).

`python3 record.py FOLDER/programs [NAME...]` writes NAME.out."""
import pathlib, re, shutil, subprocess, sys, tempfile

here = pathlib.Path(sys.argv[1])
show = pathlib.Path(__file__).parent / "show.py"
for program in sorted([*here.glob("*.py"), *here.glob("*/main.py")]):
    single = program.parent == here
    target = program.with_suffix(".out") if single else program.parent.with_suffix(".out")
    if len(sys.argv) > 2 and target.stem not in sys.argv[2:]:
        continue
    with tempfile.TemporaryDirectory() as tmp:
        shutil.copy(show, tmp)
        if single:
            shutil.copy(program, tmp)
        else:
            shutil.copytree(program.parent, tmp, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        done = subprocess.run([sys.executable, "-B", "-W", "ignore", f"{tmp}/{program.name}"], cwd=tmp, capture_output=True, text=True)
        if done.returncode:
            print(program.name, done.stderr[-400:])
        target.write_text(re.sub(r"0x[0-9a-f]+", "0x", done.stdout.replace(tmp, "/workspace")))
