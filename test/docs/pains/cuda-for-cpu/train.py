import os
from importlib.metadata import distributions
from pathlib import Path

import torch

(Path(os.environ["MODEL_DIR"]) / "model.txt").write_text("trained\n")
print("torch", torch.__version__)
print(sum(each.name.startswith(("nvidia", "cuda")) for each in distributions()), "packages of CUDA")
