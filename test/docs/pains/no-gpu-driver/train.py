import os
from pathlib import Path

import torch

(Path(os.environ["MODEL_DIR"]) / "model.txt").write_text("trained\n")
print("trained on", "cuda" if torch.cuda.is_available() else "cpu")
