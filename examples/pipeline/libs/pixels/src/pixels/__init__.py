"""Images of handwritten digits as features: what trains and what serves must see the same."""

import numpy as np

SIDE = 8
INK = 16  # the darkest value of a pixel


def to_features(images: np.ndarray) -> np.ndarray:
    """One row an image (64 pixels, 0 to 16), moved so that its ink is centred, from 0 to 1."""
    squares = np.asarray(images, dtype=float).reshape(-1, SIDE, SIDE)
    return np.stack([centre(square) for square in squares]).reshape(-1, SIDE * SIDE) / INK


def centre(square: np.ndarray) -> np.ndarray:
    """The image moved by whole pixels until the middle of its ink is the middle of the square; ink never leaves it."""
    for axis in (0, 1):
        lines = np.flatnonzero(square.sum(axis=1 - axis))
        if lines.size:
            square = np.roll(square, (SIDE - 1 - lines[0] - lines[-1]) // 2, axis=axis)
    return square
