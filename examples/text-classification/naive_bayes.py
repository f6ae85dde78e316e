"""The baseline: naive Bayes, which counts words and does not know their order."""

from collections import Counter
from math import log

from dataset import Definition, split_words


class NaiveBayes:
    """The topic under which the words of a text are likeliest; all topics have as many definitions."""

    def __init__(self, definitions: list[Definition]) -> None:
        self.counts: dict[str, Counter[str]] = {}
        for topic, text in definitions:
            self.counts.setdefault(topic, Counter()).update(split_words(text))
        self.vocabulary = set().union(*self.counts.values())

    def predict(self, text: str) -> str:
        words = [word for word in split_words(text) if word in self.vocabulary]
        return max(self.counts, key=lambda topic: self._log_likelihood(words, self.counts[topic]))

    def _log_likelihood(self, words: list[str], counts: Counter[str]) -> float:
        # One is added to each count, so that a word new to a topic does not rule it out.
        total = counts.total() + len(self.vocabulary)
        return sum(log((counts[word] + 1) / total) for word in words)
