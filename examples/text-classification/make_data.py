"""Cuts data/definitions.tsv out of WordNet 3.0: `python make_data.py /usr/share/wordnet/data.noun` (Debian's wordnet-base has it)."""

import random
import sys
from pathlib import Path

# The lexicographers' files of nouns that are taken, by their number in WordNet.
TOPICS = {"05": "animal", "06": "artifact", "08": "body", "13": "food", "15": "location", "18": "person", "20": "plant", "27": "substance"}
ROWS_PER_TOPIC = 1000
WORDS = range(4, 25)


def main(data_noun: str) -> None:
    definitions = {topic: set() for topic in TOPICS.values()}
    for line in Path(data_noun).read_text().splitlines():
        if not line.startswith("  "):  # the licence at the top
            fields, gloss = line.split(" | ", 1)
            topic = TOPICS.get(fields.split()[1])
            definition = gloss.split('; "')[0].strip()  # without the examples of its use
            if topic and len(definition.split()) in WORDS:
                definitions[topic].add(definition)
    rng = random.Random(42)
    rows = [(topic, text) for topic, texts in definitions.items() for text in rng.sample(sorted(texts), ROWS_PER_TOPIC)]
    rng.shuffle(rows)
    Path(__file__).with_name("data").joinpath("definitions.tsv").write_text("".join(f"{topic}\t{text}\n" for topic, text in rows))


if __name__ == "__main__":
    main(sys.argv[1])
