"""The report to a committee in a word processor: at most five sides before the appendices.

Skipped where LibreOffice or pdftotext is missing; the checks of the forge do not install them, as they are some 500 MB.
What they check without is in tests/exports/test_report_length.py and tests/exports/test_word_files.py.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from catalogue.settings import read_settings
from tests.conftest import METHODS
from tests.exports.test_report_length import MANY_STEPS
from tests.support.command import FINE, Command

PROGRAMS = ("soffice", "pdftotext")
MAX_SIDES = 5
ANSWERS = ("--answer", "purpose=deliberate", "--answer", "audience=local-residents")

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not all(map(shutil.which, PROGRAMS)), reason="no LibreOffice"),
]


@pytest.mark.parametrize(
    "steps",
    [
        ["survey", "citizens-jury"],
        ["survey:light", "stakeholder-dialogue", "citizens-assembly", "walkabout", "participatory-budgeting"],
        MANY_STEPS,
    ],
    ids=len,
)  # fmt: skip
def test_a_report_has_at_most_five_sides_before_its_appendices(
    real_index: Path, tmp_path: Path, steps: list[str]
) -> None:
    run = Command(read_settings({"CATALOGUE_INDEX_DIR": str(real_index), "CATALOGUE_METHODS_DIR": str(METHODS)}))  # fmt: skip
    assert run("export", "report", tmp_path / "report.docx", *steps, *ANSWERS).exit_code == FINE
    # A profile of its own, so that it neither waits for nor disturbs a LibreOffice that is open.
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "report.docx"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = subprocess.run(
        ["pdftotext", tmp_path / "report.pdf", "-"], check=True, capture_output=True, text=True
    ).stdout
    pages = text.split("\f")
    first = next(n for n, page in enumerate(pages) if page.startswith("Appendix 1"))
    assert 1 <= first <= MAX_SIDES
