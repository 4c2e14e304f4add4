"""Questions about the training cables with all passages of paragraphs: what is read when the program is used.

Of a paragraph that answers one passage does, nobody said which; of paragraphs that come near, none. Those are the ones
that were named as near when the question was written, and the others that share its telling words.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterator

from assistant.quoting.evidence import one_line
from assistant.quoting.passages import passages_under
from training.examples import rows
from training.learning import Group, Unit
from training.passages import paragraphs_of_cables, shared_words, stems

NEAR = 5
"""How many paragraphs that come near are read for a question."""
AMONG = 8
"""From how many of their passages that share most words with it those are drawn that are learnt from."""
WRONG, WRONG_ALONE = 4, 5
"""How many are drawn: beside a paragraph that answers, and where none does."""
RIGHT = 3
"""How many paragraphs that answer are learnt from, each by itself."""


def windows_of_questions(chance: random.Random) -> Iterator[Unit]:
    """A group for each paragraph that answers a question; one without a right passage where none does."""
    known = paragraphs_of_cables()
    read = {key: stems(f"{subject} {text}") for key, (subject, text) in known.items()}
    having = Counter(stem for words in read.values() for stem in words)
    for row in rows("questions.jsonl"):
        question = row["question"]
        gold = [key for one in row["gold"] if (key := (one["document"], one["label"])) in known]
        named = [key for one in row.get("near", ()) if (key := (one["document"], one["label"])) in known]
        evidence = [one_line(words.lower()) for words in row.get("evidence", ())]
        documents = {document for document, _ in gold}

        def sharing(key: tuple[str, str], asked: frozenset[str] = frozenset(stems(question))) -> float:
            return -sum(math.log(len(known) / having[stem]) for stem in asked & read[key])

        # The summary of a cable that answers may well answer too.
        others = (key for key in known if key not in gold and not (key[1] == "1" and key[0] in documents))
        near = list(dict.fromkeys([*named[:2], *sorted(others, key=sharing)]))[:NEAR]
        beside = [key for key in near if not any(words in known[key][1].lower() for words in evidence)]
        texts = dict.fromkeys(passage for key in beside for passage in passages_under(*known[key]))
        most = sorted(texts, key=lambda text: -shared_words(question, text))[:AMONG]
        wrong = chance.sample(most, min(len(most), WRONG if gold else WRONG_ALONE))
        for right in [passages_under(*known[key]) for key in gold[:RIGHT]] or [[]]:
            marks = (True,) * len(right) + (False,) * len(wrong)
            yield [Group(tuple((question, text) for text in (*right, *wrong)), marks, one_of_them=bool(right))]
