"""Record what CPython prints for the programs in programs/ (NAME.py, or a folder NAME with main.py).

`python3 record.py [NAME...]` writes NAME.out."""
import pathlib, re, subprocess, sys, tempfile, shutil

here = pathlib.Path(__file__).parent / "programs"
for program in sorted([*here.glob("*.py"), *here.glob("*/main.py")]):
    target = program.with_suffix(".out") if program.parent == here else program.parent.with_suffix(".out")
    if len(sys.argv) > 1 and target.stem not in sys.argv[1:]:
        continue
    with tempfile.TemporaryDirectory() as tmp:
        if program.parent == here:
            shutil.copy(program, tmp)
        else:
            shutil.copytree(program.parent, tmp, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        done = subprocess.run([sys.executable, "-B", f"{tmp}/{program.name}"], cwd=tmp, capture_output=True, text=True)
        if done.returncode:
            print(program.name, done.stderr[-400:])
        text = re.sub(r"0x[0-9a-f]+", "0x", done.stdout.replace(tmp, "/workspace"))
        target.write_text(text)
