import getpass
import os
from pathlib import Path

(Path(os.environ["MODEL_DIR"]) / "model.txt").write_text(f"trained by {getpass.getuser()}\n")
print("trained by", getpass.getuser())
