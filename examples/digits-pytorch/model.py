"""The network, which training, evaluation and serving share."""

import torch
from torch import nn


class DigitClassifier(nn.Module):
    """Fully connected: 64 pixels in, a score for each of the ten digits out."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(64, 128),
            nn.ReLU(),
            nn.Linear(128, 64),
            nn.ReLU(),
            nn.Linear(64, 10),
        )

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        # Scaled here, so that every caller passes pixels as the data has them, from 0 to 16.
        return self.layers(pixels / 16)
