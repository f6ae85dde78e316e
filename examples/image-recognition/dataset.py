"""The handwritten digits, and the one split that training and evaluation share."""

import os

import numpy as np
import torch

# The rows are in the order of their writers. The last three people's digits, from this row on, are held out:
# the question is how well the model reads a hand it has never seen, which a random split would not ask.
FIRST_TEST_ROW = 1415

Rows = tuple[torch.Tensor, torch.Tensor]


def load_train() -> Rows:
    """The images (1 x 8 x 8 pixels, 0 to 16) and their labels (0 to 9) to fit on."""
    images, labels = _load()
    return images[:FIRST_TEST_ROW], labels[:FIRST_TEST_ROW]


def load_test() -> Rows:
    """The images and labels to judge by, which training never sees."""
    images, labels = _load()
    return images[FIRST_TEST_ROW:], labels[FIRST_TEST_ROW:]


def _load() -> Rows:
    table = torch.from_numpy(np.loadtxt(os.environ["DATASET_DIGITS"], delimiter=",", skiprows=1, dtype="float32"))
    return table[:, :-1].reshape(-1, 1, 8, 8), table[:, -1].long()
