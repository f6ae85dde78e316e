"""Trains the digit classifier and writes it to $MODEL_DIR."""

import os
from pathlib import Path

import keras

from dataset import load_train

keras.utils.set_random_seed(42)
images, labels = load_train()

model = keras.Sequential([
    keras.Input(shape=(64,)),
    keras.layers.Rescaling(1 / 16),  # part of the model, so that serving cannot forget it
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dense(10, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(images, labels, batch_size=32, epochs=30, verbose=2)
model.save(Path(os.environ["MODEL_DIR"], "model.keras"))
