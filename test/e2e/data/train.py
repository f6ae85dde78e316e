"""Says what its datasets hold, and cannot change the one that is not its own."""
import os
from pathlib import Path

digits, notes = Path(os.environ["DATASET_DIGITS"]), Path(os.environ["DATASET_NOTES"])
for path in sorted(path for path in digits.rglob("*") if path.is_file() and not path.name.startswith(".")):
    print(path.relative_to(digits), path.stat().st_size, flush=True)
try:
    (digits / "mine").write_text("")
    raise SystemExit("a dataset can be written")
except OSError as error:
    print("digits:", error.strerror, flush=True)
with open(notes / "runs.txt", "a") as file:
    file.write("run\n")
print("runs:", len((notes / "runs.txt").read_text().splitlines()), flush=True)
Path(os.environ["MODEL_DIR"], "model").write_text("trained")
