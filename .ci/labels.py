"""Makes the labels of .github/labels.yml on GitHub, and mends those that are there already.

Run by the scheduled workflow before anything is labelled; needs `gh` with GH_TOKEN.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import yaml

LABELS = Path(__file__).parents[1] / ".github" / "labels.yml"


def main() -> None:
    """Create or update each label; stop at the first that the host refuses."""
    for label in yaml.safe_load(LABELS.read_text(encoding="utf-8")):
        look = ["--color", label["color"], "--description", label["description"]]
        # "--force" updates a label of that name.
        words = ["gh", "label", "create", label["name"], *look, "--force"]
        subprocess.run(words, check=True)  # noqa: S603  (the words of our own file)


if __name__ == "__main__":
    main()
