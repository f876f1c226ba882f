"""The thesaurus: one file of synonyms, generic words and fillers, which only the search reads."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from catalogue.search.query.thesaurus import THESAURUS, THESAURUS_FILE, load_thesaurus


def test_every_word_is_lowercase_where_it_is_compared_with_typed_words() -> None:
    words = THESAURUS.generic | THESAURUS.fillers
    assert {word for word in words if word != word.lower()} == set()


def test_a_generic_word_is_no_filler() -> None:
    assert set() == THESAURUS.generic & THESAURUS.fillers


def test_every_line_of_synonyms_has_two_different_words_at_least() -> None:
    assert [line for line in THESAURUS.synonyms if len(set(line)) < 2] == []


@pytest.mark.parametrize("part", ["synonyms", "generic", "fillers"])
def test_a_thesaurus_without_one_of_its_parts_is_refused(tmp_path: Path, part: str) -> None:
    data = yaml.safe_load(THESAURUS_FILE.read_text(encoding="utf-8"))
    del data[part]
    file = tmp_path / "thesaurus.yaml"
    file.write_text(yaml.safe_dump(data), encoding="utf-8")
    with pytest.raises(KeyError, match=part):
        load_thesaurus(file)
