"""The classifier, which training, evaluation and serving share: a vocabulary and a small transformer."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import torch
from torch import nn

from dataset import TOPICS, split_words

SAVED = Path(os.environ["MODEL_DIR"], "classifier.pt")
MAX_WORDS = 24
PADDING, UNKNOWN = 0, 1
FIRST_WORD = 2


class TopicClassifier(nn.Module):
    """Words that look at each other once, and then vote: texts in, a score for each topic out."""

    def __init__(self, words: Sequence[str], width: int = 32, dropout: float = 0.3) -> None:
        super().__init__()
        self.words = list(words)
        self.numbers = {word: number for number, word in enumerate(words, FIRST_WORD)}
        self.embedding = nn.Embedding(FIRST_WORD + len(words), width)
        self.positions = nn.Parameter(torch.zeros(MAX_WORDS, width))
        nn.init.normal_(self.embedding.weight, std=0.1)  # small: thousands of words are seen only a few times
        self.attention = nn.TransformerEncoderLayer(width, nhead=4, dim_feedforward=2 * width, dropout=dropout, batch_first=True, norm_first=True)
        self.dropout = nn.Dropout(0.5)
        self.scores = nn.Linear(width, len(TOPICS))

    def encode(self, texts: Iterable[str]) -> torch.Tensor:
        """The numbers of the first words of each text; a row a text, filled up with padding."""
        rows = [[self.numbers.get(word, UNKNOWN) for word in split_words(text)[:MAX_WORDS]] for text in texts]
        return torch.tensor([row + [PADDING] * (MAX_WORDS - len(row)) for row in rows])

    def forward(self, numbers: torch.Tensor) -> torch.Tensor:
        padding = numbers == PADDING
        embedded = self.dropout(self.embedding(numbers) + self.positions)
        seen = self.attention(embedded, src_key_padding_mask=padding)
        average = seen.masked_fill(padding.unsqueeze(2), 0).sum(dim=1) / (~padding).sum(dim=1, keepdim=True)
        return self.scores(self.dropout(average))

    @torch.inference_mode()
    def predict(self, texts: Iterable[str]) -> torch.Tensor:
        """The probability of each topic, for texts of at least one word each."""
        return self.eval()(self.encode(texts)).softmax(dim=1)

    def save(self) -> None:
        torch.save({"words": self.words, "weights": self.state_dict()}, SAVED)

    @classmethod
    def load(cls) -> "TopicClassifier":
        saved = torch.load(SAVED, weights_only=True)
        classifier = cls(saved["words"])
        classifier.load_state_dict(saved["weights"])
        return classifier
