"""Write the README's generated blocks anew; with --check only say which are outdated.

The example is an answer over the sample cables, so it takes the models: it is only made with --example.
A block stands between `<!-- name -->` and `<!-- /name -->`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from assistant.cli import COMMANDS, build_parser  # noqa: E402  (the path comes first)
from assistant.evaluation.kept import table  # noqa: E402

README = ROOT / "README.md"
EXAMPLE = "Who supports the Union State and why?"
EVALUATION = ROOT / "docs" / "evaluation.json"


def help_block() -> str:
    """What `pilcrow --help` and each `pilcrow COMMAND --help` print."""
    parser = build_parser()
    (subparsers,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    texts = [parser.format_help(), *(subparsers.choices[name].format_help() for name in COMMANDS)]
    return "\n".join(f"```text\n{text.rstrip()}\n```\n" for text in texts)


def evaluation_block() -> str:
    """The figures that scripts/keep_evaluation.py kept."""
    return table(json.loads(EVALUATION.read_text(encoding="utf-8")))


def example_block() -> str:
    """One question and the program's answer to it, over the sample cables."""
    from assistant.conversation import Assistant
    from assistant.settings import Settings

    with tempfile.TemporaryDirectory() as folder, Assistant.open(Settings(home=Path(folder) / "library")) as assistant:
        assistant.store.add_samples()
        answer = assistant.ask(EXAMPLE)
    lines = [f"> **{EXAMPLE}**"]
    for sentence in answer.sentences:
        lines.append(f"> {sentence.text} " + " ".join(f"`{citation.mark}`" for citation in sentence.citations))
    return "\n>\n".join(lines) + "\n"


BLOCKS: dict[str, Callable[[], str]] = {"help": help_block, "evaluation": evaluation_block}


def with_block(readme: str, name: str, content: str) -> str:
    """The README with one block's content replaced; ValueError if it has no such block."""
    pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    if not pattern.search(readme):
        raise ValueError(f"README.md has no block {name}")
    return pattern.sub(lambda match: f"{match[1]}{content}{match[2]}", readme)


def main() -> int:
    """Update or check; status 1 if a block was found outdated by --check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--example", action="store_true")
    arguments = parser.parse_args()
    check = arguments.check
    blocks = {**BLOCKS, "example": example_block} if arguments.example else BLOCKS
    before = README.read_text(encoding="utf-8")
    after = before
    for name, content in blocks.items():
        replaced = with_block(after, name, content())
        if check and replaced != after:
            print(f"README.md: the block {name} is outdated; write it anew with: python scripts/readme.py")
        after = replaced
    if check:
        return int(before != after)
    README.write_text(after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
