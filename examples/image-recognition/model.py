"""The network, which training, evaluation and serving share."""

import os
from pathlib import Path

import torch
from torch import nn

WEIGHTS = Path(os.environ["MODEL_DIR"], "weights.pt")


class DigitReader(nn.Module):
    """Convolutional: an image of 8 x 8 pixels in, a score for each of the ten digits out."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            convolution(1, 16),
            convolution(16, 32),
            nn.MaxPool2d(2),  # 8 x 8 becomes 4 x 4
            convolution(32, 32),
            nn.MaxPool2d(2),  # and 2 x 2
            nn.Flatten(),
            nn.Dropout(0.3),
            nn.Linear(32 * 2 * 2, 10),
        )

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        # Scaled here, so that every caller passes pixels as the data has them, from 0 to 16.
        return self.layers(images / 16)


def convolution(inputs: int, outputs: int) -> nn.Sequential:
    """Filters of 3 x 3 pixels that keep the size of the image."""
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU())


def load_model() -> DigitReader:
    """The trained network, ready to predict."""
    model = DigitReader()
    model.load_state_dict(torch.load(WEIGHTS, weights_only=True))
    return model.eval()
