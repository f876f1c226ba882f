"""What a library keeps of words, threads share: none of it may break, or grow with what people type."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from whoosh.lang.porter import stem

from catalogue.storage.fulltext import StemTokenizer, stems_of
from catalogue.validation.style_checks import SYLLABLES, reading_ease

THREADS = 8
WORDS = 8_000  # for each thread: together more than Whoosh's own cache of stems holds (50,000)


@pytest.fixture
def many_switches() -> Iterator[None]:
    """Let Python change between threads as often as it can, so that what they share is seen half done."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def in_threads(work: Callable[[int], object]) -> None:
    """Let each thread work on words of its own; what any of them raises is raised here."""
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(THREADS)))


@pytest.mark.usefixtures("many_switches")
def test_words_that_nobody_typed_before_never_break_the_stemmer() -> None:
    def ask(thread: int) -> None:
        for number in range(WORDS):
            word = f"w{thread}y{number}ing"
            assert [token.text for token in StemTokenizer()(word)] == [stem(word)]

    in_threads(ask)
    assert stems_of("young peoples") == ("young", "peopl")


@pytest.mark.usefixtures("many_switches")
def test_texts_of_new_words_leave_nothing_behind_in_the_dictionary_of_syllables() -> None:
    def read(thread: int) -> None:
        for number in range(40):
            words = " ".join(f"wonder{chr(97 + thread)}{'ing' * n}" for n in range(number))
            reading_ease(words, 10)

    in_threads(read)
    assert SYLLABLES.hd.cache == {}
