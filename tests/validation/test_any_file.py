"""Whatever text or bytes a file holds, it gives a method or an error that stands in the file.

Files are made up, and good ones damaged in one place, to meet what nobody thought of.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.validation.cross_checks import check_across
from catalogue.validation.reader import Reading, read_method_file, read_method_text
from tests.conftest import GOOD

YAML_SIGNS = "\n\t -:#[]{},\"'&*!|>~019nox`"


def sound(reading: Reading, text: str) -> None:
    """Check that a file is a method, or an error that stands in it; alone, and among others."""
    (checked,) = check_across([reading])
    assert checked.method is reading.method
    for problem in (*reading.problems, *checked.problems):
        assert 1 <= problem.line <= text.count("\n") + text.count("\r") + 1
        assert problem.column >= 1
    assert_method_or_error(reading)


def assert_method_or_error(reading: Reading) -> None:
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    assert (reading.method is None) == bool(errors)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Draw a good file with one piece of it exchanged for something else."""
    good = (GOOD / "harvest-jury.md").read_text(encoding="utf-8")
    start = draw(st.integers(0, len(good)))
    end = draw(st.integers(start, min(len(good), start + 80)))
    piece = st.text(max_size=20) | st.text(alphabet=YAML_SIGNS, max_size=20)
    return good[:start] + draw(piece) + good[end:]


@given(st.text() | damaged())
@settings(max_examples=300, deadline=None, database=None)
def test_any_text_gives_a_method_or_an_error_and_never_raises(text: str) -> None:
    sound(read_method_text("methods/a.md", "a", text), text)


@given(
    st.binary()
    | damaged().map(lambda text: text.encode("utf-16")[:400] + b"\n")
    | damaged().map(str.encode)
)
@settings(max_examples=150, deadline=None, database=None)
def test_any_bytes_give_a_method_or_an_error_and_never_raise(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.getbasetemp() / "methods"
    folder.mkdir(exist_ok=True)
    (folder / "a.md").write_bytes(content)
    reading = read_method_file(folder, folder / "a.md")
    sound(reading, content.decode("latin-1"))
