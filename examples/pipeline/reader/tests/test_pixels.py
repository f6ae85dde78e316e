"""The library that training and serving share."""

import numpy as np

from pixels import SIDE, centre, to_features


def test_ink_is_centred():
    corner = np.zeros((SIDE, SIDE))
    corner[:2, :2] = 16
    middle = np.zeros((SIDE, SIDE))
    middle[3:5, 3:5] = 16
    assert np.array_equal(centre(corner), middle)


def test_no_ink_is_lost():
    images = np.random.default_rng(0).integers(0, 17, (20, SIDE * SIDE))
    assert np.allclose(to_features(images).sum(axis=1), images.sum(axis=1) / 16)


def test_an_empty_image_stays_empty():
    assert not to_features(np.zeros((1, SIDE * SIDE))).any()
