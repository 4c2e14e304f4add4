"""A harder check: SQuAD 2.0 (Rajpurkar, Jia and Liang, 2018) as a library and a question set.

    python benchmarks/squad.py squad2-dev.json --folder /tmp/squad --sample 400
    python benchmarks/squad.py squad2-dev.json --folder /tmp/squad --own

The file is `{"paragraphs": [{"id", "article", "text"}], "questions": [{"id", "question", "answers", "paragraph",
"answerable"}]}`. Each article becomes a document with numbered paragraphs; the folder gets `articles/` (the texts),
`library/` (indexed once), `questions.jsonl` (all questions) and `sample-N/` (run and report). Its questions were
written with the paragraph in view, which flatters keyword search, and were meant for a reader of one paragraph:
"What year was it?" names no article. Its unanswerable questions resemble answerable ones, so abstaining is hard.
Asked are only those about eight articles, from which the model of inference didn't learn.

`--own` asks `data/squad_questions.jsonl` instead (`own/` in the folder): 120 questions of Pilcrow's own over the same
paragraphs, in other words than theirs and naming what they ask about, a fifth of them about facts that are nowhere.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from assistant.evaluation.evaluate import evaluate
from assistant.evaluation.questions import Item, Question, write_question_set
from assistant.evaluation.terminal import print_summary, progress_bar
from assistant.settings import Settings
from index_store.documents import ParagraphRef
from index_store.errors import PilcrowError

SEED = 2018
MEASURING = 8
"""Articles whose questions measure; the model of inference learnt from those of the others (training/README.md)."""
CHOICE = 7
"""Which they are: the seed that shuffles the articles' names."""
OWN = Path(__file__).parent / "data" / "squad_questions.jsonl"


def document_id(article: str) -> str:
    """An article's name as a document id."""
    return re.sub(r"\W+", "_", article).strip("_")


def article_text(paragraphs: Sequence[str]) -> str:
    """The article with each paragraph on a line of its own behind its number."""
    return "".join(f"¶{number}. {' '.join(text.split())}\n\n" for number, text in enumerate(paragraphs, 1))


def convert(data: dict[str, Any]) -> tuple[dict[str, str], list[Question]]:
    """The texts by document id, and the questions about the articles that measure."""
    articles: dict[str, list[dict[str, Any]]] = {}
    for paragraph in data["paragraphs"]:
        articles.setdefault(document_id(paragraph["article"]), []).append(paragraph)
    place = {
        paragraph["id"]: ParagraphRef(id, str(number))
        for id, paragraphs in articles.items()
        for number, paragraph in enumerate(paragraphs, 1)
    }
    texts = {id: article_text([paragraph["text"] for paragraph in those]) for id, those in articles.items()}
    measuring = measuring_articles(data)
    about = {paragraph["id"]: paragraph["article"] for paragraph in data["paragraphs"]}
    asked = [entry for entry in data["questions"] if about[entry["paragraph"]] in measuring]
    return texts, [_question(entry, place[entry["paragraph"]]) for entry in asked]


def measuring_articles(data: Mapping[str, Any]) -> frozenset[str]:
    """The names of the articles that nothing was learnt from."""
    names = sorted({paragraph["article"] for paragraph in data["paragraphs"]})
    random.Random(CHOICE).shuffle(names)
    return frozenset(names[:MEASURING])


def _question(entry: dict[str, Any], ref: ParagraphRef) -> Question:
    answers = tuple(dict.fromkeys(answer.strip() for answer in entry["answers"] if answer.strip()))
    answerable = bool(entry["answerable"]) and bool(answers)
    return Question(
        id=str(entry["id"]),
        question=entry["question"].strip(),
        type=first_word(entry["question"]) if answerable else "unanswerable",
        answerable=answerable,
        gold=(ref,) if answerable else (),
        facts=(answers,) if answerable else (),
    )


def first_word(question: str) -> str:
    """The question word, as a rough type: 'who', 'when' ...; 'other'."""
    words = re.findall(r"[a-z]+", question.lower())
    asked = ("who", "whom", "whose", "when", "where", "why", "which", "how", "what")
    return next((word for word in words[:3] if word in asked), "other")


def sampled(questions: Sequence[Question], size: int) -> list[Question]:
    """`size` questions at random, the same each time; questions without words are left out."""
    usable = [question for question in questions if question.question]
    return sorted(random.Random(SEED).sample(usable, min(size, len(usable))), key=lambda question: question.id)


def items(questions: Iterable[Question]) -> list[Item]:
    return [Item(question.id, (question,)) for question in questions]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="the SQuAD file")
    parser.add_argument("--folder", type=Path, required=True, help="where library, set and report go")
    parser.add_argument("--sample", type=int, default=400, help="how many questions are asked (400)")
    parser.add_argument("--own", action="store_true", help="ask Pilcrow's own questions over these paragraphs")
    parser.add_argument("--convert-only", action="store_true", help="write texts and questions, ask nothing")
    arguments = parser.parse_args()
    texts, questions = convert(json.loads(arguments.file.read_text(encoding="utf-8")))
    articles = arguments.folder / "articles"
    articles.mkdir(parents=True, exist_ok=True)
    for id, text in texts.items():
        (articles / f"{id}.txt").write_text(text, encoding="utf-8")
    write_question_set(arguments.folder / "questions.jsonl", items(questions))
    print(f"{len(texts)} documents, {len(questions)} questions in {arguments.folder}")
    if arguments.convert_only:
        return 0
    try:
        if arguments.own:
            return ask(arguments.folder, articles, OWN, arguments.folder / "own")
        chosen = sampled(questions, arguments.sample)
        sample = arguments.folder / f"sample-{len(chosen)}.jsonl"
        write_question_set(sample, items(chosen))
        return ask(arguments.folder, articles, sample, arguments.folder / sample.stem)
    except PilcrowError as error:
        print(error, file=sys.stderr)
        return 1


def ask(folder: Path, articles: Path, questions: Path, run: Path) -> int:
    """Index the articles where they aren't yet, ask the set, and leave results and report in `run`."""
    from assistant.commands.output import console, errors
    from assistant.conversation import Assistant
    from index_store.formats import read_sources

    settings = replace(Settings.from_environment(), home=folder / "library")
    with Assistant.open(settings) as assistant:
        assistant.store.index(read_sources([articles]))
        with progress_bar(errors) as progress:
            summary = evaluate([questions], assistant, run, name="SQuAD 2.0", progress=progress)
    print_summary(console, summary)
    print(f"Report: {run / 'report.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
