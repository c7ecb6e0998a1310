"""Record what the real Alembic prints: `python3 record.py [NAME...]` writes programs/NAME.expected.txt.

The seed is the one with which sets of names come out in the order they went in, as ours always do.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

for program in sorted((pathlib.Path(__file__).parent / "programs").resolve().glob("*.program.py")):
    name = program.name.removesuffix(".program.py")
    if len(sys.argv) > 1 and name not in sys.argv[1:]:
        continue
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([sys.executable, "-B", "-W", "ignore", program], cwd=folder, env={**os.environ, "PYTHONHASHSEED": "0"}, capture_output=True, text=True)
        if done.returncode:
            print(name, done.stderr[-400:])
        (program.parent / f"{name}.expected.txt").write_text(done.stdout.replace(folder, "/workspace"))
