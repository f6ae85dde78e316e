import os
import pathlib

pathlib.Path(os.environ["MODEL_DIR"], "model.txt").write_text("trained")
