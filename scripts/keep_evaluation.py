"""Keep the figures of a run of the shipped question sets in docs/evaluation.json, and write the README anew.

make eval && python scripts/keep_evaluation.py reports/samples
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from assistant.evaluation.kept import keep  # noqa: E402  (the path comes first)
from index_store.errors import PilcrowError  # noqa: E402


def main() -> int:
    """Status 1 where the folder holds no finished run of the shipped sets."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "reports" / "samples")
    try:
        keep(folder, ROOT / "docs" / "evaluation.json")
    except PilcrowError as error:
        print(error, file=sys.stderr)
        return 1
    return subprocess.run([sys.executable, str(ROOT / "scripts" / "readme.py")], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
