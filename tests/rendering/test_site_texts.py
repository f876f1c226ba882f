"""Tests of the texts beside the methods: how they are read, and what the real ones must hold to."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from catalogue.rendering.markdown import SENTENCE_END, to_html, to_lines
from catalogue.rendering.site_texts import (
    TEXTS_DIR,
    GlossaryEntry,
    TextsError,
    load_texts,
    texts_digest,
    without_facts,
)
from catalogue.settings import PROJECT
from catalogue.validation.guides import KINDS
from catalogue.validation.reader import method_files, read_method_file
from catalogue.vocabulary import VOCABULARY

WAYS = [
    (folder, value)
    for folder, facet in (("purposes", "purpose"), ("audiences", "audience"))
    for value in VOCABULARY.facets[facet].values
]
# A phrase of eight words may be chance; a longer sentence that stands twice was copied.
WORDS_BY_CHANCE = 8


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of small texts."""
    (tmp_path / "purposes").mkdir()
    (tmp_path / "purposes" / "inform.md").write_text("Tell **them**.\n", encoding="utf-8")
    (tmp_path / "before-you-choose.md").write_text(
        "Must you? <b>x</b>\n\n## Why & who\n\nSo.\n", encoding="utf-8"
    )
    glossary = "## Easy Read, easy words\n\nShort *words*.\n\n## lot\n\nA draw.\n"
    (tmp_path / "glossary.md").write_text(glossary, encoding="utf-8")
    return tmp_path


def test_texts_are_read_by_their_names_as_safe_html(folder: Path) -> None:
    found = load_texts(folder)
    assert found.purposes == {"inform": "<p>Tell <strong>them</strong>.</p>"}
    assert found.audiences == {}
    assert found.before_you_choose == "<p>Must you? x</p><h2>Why &amp; who</h2><p>So.</p>"


def test_an_entry_of_the_glossary_has_its_forms_in_its_heading(folder: Path) -> None:
    assert load_texts(folder).glossary == (
        GlossaryEntry(
            "Easy Read", ("Easy Read", "easy words"), "easy-read", "<p>Short <em>words</em>.</p>"
        ),
        GlossaryEntry("lot", ("lot",), "lot", "<p>A draw.</p>"),
    )


@pytest.mark.parametrize("name", ["glossary.md", "before-you-choose.md"])
def test_a_fixed_text_that_is_missing_is_an_error(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(TextsError, match=rf"/{name} cannot be read \("):
        load_texts(folder)


def test_the_fingerprint_follows_what_is_in_the_texts_and_their_names(folder: Path) -> None:
    before = texts_digest(folder)
    assert texts_digest(folder) == before
    (folder / "glossary.md").write_text("## lot\n\nAnother draw.\n", encoding="utf-8")
    changed = texts_digest(folder)
    (folder / "purposes" / "inform.md").rename(folder / "purposes" / "deliberate.md")
    assert len({before, changed, texts_digest(folder)}) == 3


@pytest.mark.parametrize(("kind", "value"), WAYS, ids=[f"{k}-{v}" for k, v in WAYS])
def test_every_purpose_and_audience_has_an_introduction_of_150_to_250_words(
    kind: str, value: str
) -> None:
    text = without_facts((TEXTS_DIR / kind / f"{value}.md").read_text(encoding="utf-8"))
    assert 150 <= len(text.split()) <= 250


def test_there_is_no_introduction_without_its_option() -> None:
    found = {(path.parent.name, path.stem) for path in TEXTS_DIR.glob("*/*.md")}
    others = {
        (kind.folder, path.stem) for kind in KINDS for path in (TEXTS_DIR / kind.folder).iterdir()
    }
    assert found - others == set(WAYS)


def test_the_glossary_is_sorted_and_its_anchors_and_forms_are_unique() -> None:
    glossary = load_texts().glossary
    headwords = [entry.word.lower() for entry in glossary]
    assert headwords == sorted(headwords)
    anchors = [entry.anchor for entry in glossary]
    assert len(anchors) == len(set(anchors))
    forms = [form.lower() for entry in glossary for form in entry.forms]
    assert len(forms) == len(set(forms))
    assert [entry.word for entry in glossary if not to_lines(entry.html)] == []


def test_no_two_methods_share_a_sentence() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    methods = PROJECT / "methods"
    for file in method_files(methods):
        method = read_method_file(methods, file).method
        assert method is not None
        for section in method.sections:
            for line in to_lines(to_html(section.markdown)):
                for sentence in SENTENCE_END.split(line):
                    plain = re.sub(r"\W+", " ", sentence.lower()).strip()
                    if len(plain.split()) > WORDS_BY_CHANCE:
                        owners[plain].add(method.slug)
    assert len(owners) > 1000
    assert {sentence: slugs for sentence, slugs in owners.items() if len(slugs) > 1} == {}
