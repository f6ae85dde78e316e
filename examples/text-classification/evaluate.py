"""Scores the classifier on the held-out definitions, against naive Bayes."""

import json
import os
from pathlib import Path

from dataset import TOPICS, load_test, load_train
from model import TopicClassifier
from naive_bayes import NaiveBayes

topics, texts = zip(*load_test())
predicted = [TOPICS[number] for number in TopicClassifier.load().predict(texts).argmax(dim=1)]
bayes = NaiveBayes(load_train())


def score(guesses: list[str]) -> float:
    return sum(guess == topic for guess, topic in zip(guesses, topics)) / len(topics)


accuracy, baseline = score(predicted), score([bayes.predict(text) for text in texts])
metrics = {
    "accuracy": accuracy,
    "baseline_accuracy": baseline,
    "skill": 1 - (1 - accuracy) / (1 - baseline),  # the share of the baseline's errors that the classifier avoids
}
Path(os.environ["METRICS_FILE"]).write_text(json.dumps(metrics, indent=2))
print(f"on {len(topics)} held-out definitions:", *(f"{name} {value:.3f}" for name, value in metrics.items()))
