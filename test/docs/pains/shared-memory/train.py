import os
from pathlib import Path

import torch
from torch.utils.data import DataLoader, Dataset


class Images(Dataset):
    def __len__(self):
        return 256

    def __getitem__(self, index):
        return torch.zeros(3, 224, 224), index % 10


seen = 0
for images, _ in DataLoader(Images(), batch_size=64, num_workers=2):
    seen += len(images)
(Path(os.environ["MODEL_DIR"]) / "model.txt").write_text("trained\n")
print(f"saw {seen} images")
