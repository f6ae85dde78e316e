"""Varies images as hands do, so that the network learns shapes and not places."""

import math

import torch
from torch.nn import functional

MAX_TURN = math.radians(12)
MAX_SHIFT = 1 / 8  # of half the image: half a pixel
MAX_GROWTH = 0.1


def vary(images: torch.Tensor) -> torch.Tensor:
    """The same digits, each turned, shifted and scaled a little at random."""
    turn = _between(-MAX_TURN, MAX_TURN, len(images))
    scale = _between(1 - MAX_GROWTH, 1 + MAX_GROWTH, len(images))
    cos, sin = scale * turn.cos(), scale * turn.sin()
    shift_x, shift_y = _between(-MAX_SHIFT, MAX_SHIFT, len(images)), _between(-MAX_SHIFT, MAX_SHIFT, len(images))
    matrices = torch.stack([cos, -sin, shift_x, sin, cos, shift_y], dim=1).reshape(-1, 2, 3)
    grid = functional.affine_grid(matrices, list(images.shape), align_corners=False)
    return functional.grid_sample(images, grid, align_corners=False)


def _between(low: float, high: float, count: int) -> torch.Tensor:
    return torch.empty(count).uniform_(low, high)
