import os
from pathlib import Path

Path("out/report.txt").write_text("trained\n")
(Path(os.environ["MODEL_DIR"]) / "model.txt").write_text("trained\n")
print("trained")
