"""Mixes texts of real methods into new ones: sentences, summaries and names.

Lengths and the shape of every section stay those of one real method; what is said comes from
that method and from those most like it. generate.py makes whole files of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from random import Random

from catalogue.validation.sections import read_body
from catalogue.vocabulary import VOCABULARY

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"'\u201c(]?[A-Z0-9])")
MARKER = re.compile(r"(?:[-*]|\d+\.)\s+")
LINK = re.compile(r"\[([^\]]+)\]\(([a-z0-9-]+)\.md\)")
CLAUSE_END = re.compile(r"(?<=,) | (?=(?:and|who|that|so|to|in|on|for|with|then)\b)")
# How many other sentences are drawn, of which the one of the likest length is taken.
CANDIDATES = 3
# The share of sentences that stay as they are in the pattern.
KEPT = 0.35

# Where a sentence may stand: its section, and whether it opens a step, a bullet or a paragraph.
Slot = tuple[str, str]


class Body:
    """The text of a real method, cut into lines, and each line into a marker and sentences."""

    def __init__(self, markdown: str) -> None:
        sections, _ = read_body("", markdown, 1)
        self.sections = [(VOCABULARY.sections[s.id].heading, [_cut(line) for line in s.markdown.split("\n")]) for s in sections]  # fmt: skip
        self.pool: dict[Slot, list[str]] = defaultdict(list)
        for heading, lines in self.sections:
            for marker, sentences in lines:
                for place, sentence in enumerate(sentences):
                    self.pool[_slot(heading, marker, place)].append(sentence)


def _cut(line: str) -> tuple[str, list[str]]:
    """Cut a line into its list marker and its sentences; a table row stays one piece."""
    found = MARKER.match(line)
    marker = found[0] if found else ""
    text = line[len(marker) :]
    if not text or text.startswith("|"):
        return text, []
    sentences = SENTENCE_END.split(text)
    whole = all(s.count("**") % 2 == 0 and s.count("[") == s.count("]") for s in sentences)
    return marker, sentences if whole else [text]


def _slot(heading: str, marker: str, place: int) -> Slot:
    kind = "step" if marker[:1].isdigit() else "bullet" if marker else "paragraph"
    return heading, f"{kind} {'opens' if place == 0 else 'goes on'}"


def mix_body(rng: Random, base: Body, donors: Sequence[Body], link: Callable[[str], str]) -> str:
    """Write a body of the shape of `base`; `link` makes a new link for the slug of an old one."""
    used: set[str] = set()
    written = []
    for heading, lines in base.sections:
        written.append(f"## {heading}\n")
        for marker, sentences in lines:
            chosen = []
            for place, sentence in enumerate(sentences):
                slot = _slot(heading, marker, place)
                chosen.append(_pick(rng, sentence, [donor.pool[slot] for donor in donors], used))
            written.append(marker + " ".join(chosen))
        written.append("")
    return LINK.sub(lambda found: link(found[2]), "\n".join(written))


def _pick(rng: Random, sentence: str, pools: Iterable[list[str]], used: set[str]) -> str:
    """Return the sentence, or one of about its length from the pools that is not used yet."""
    if rng.random() >= KEPT or sentence in used:
        filled = [pool for pool in pools if pool]
        drawn = [rng.choice(rng.choice(filled)) for _ in range(CANDIDATES if filled else 0)]
        fresh = [other for other in drawn if other not in used]
        sentence = min(fresh, key=lambda other: abs(len(other) - len(sentence)), default=sentence)
    used.add(sentence)
    return sentence


def mix_summary(rng: Random, summary: str, others: Sequence[str], at_most: int) -> str:
    """Join the beginning of one summary to the end of another, at the end of a clause."""
    for _ in range(10):
        start, end = _halves(rng, summary, CLAUSE_END)[0], _halves(rng, rng.choice(others), CLAUSE_END)[1]  # fmt: skip
        mixed = f"{start} {end}".strip()
        if len(mixed) <= at_most:
            return mixed
    return summary


def _halves(rng: Random, text: str, between: re.Pattern[str]) -> tuple[str, str]:
    places = [found.span() for found in between.finditer(text)]
    if not places:
        return text, text
    start, end = rng.choice(places)
    return text[:start], text[end:]


class Names:
    """Makes names that no other method has, from the words of real names."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    @staticmethod
    def key(name: str) -> str:
        """Return what two names must not share: letters and figures only, in small letters."""
        return re.sub(r"[\W_]+", "-", name.lower()).strip("-")

    def make(self, rng: Random, first: str, pool: Sequence[str], at_most: int) -> str | None:
        """Join the beginning of `first` to the end of another name; None if all tries are taken."""
        for attempt in range(30):
            parts = [_words(first), _words(rng.choice(pool)), _words(rng.choice(pool))]
            # Two halves make most names; as a catalogue grows, more need a word in the middle.
            middle = [] if attempt < 3 else [parts[2][-1].lower()]
            start = parts[0][: max(1, len(parts[0]) // 2)]
            name = " ".join((*start, *middle, *(w.lower() for w in parts[1][len(parts[1]) // 2 :])))
            if len(name) <= at_most and self.key(name) and self.key(name) not in self._taken:
                self._taken.add(self.key(name))
                return name
        return None


def _words(name: str) -> list[str]:
    """Return the words of a name, without what stands in brackets."""
    return re.sub(r"\s*\([^)]*\)|\s*/", "", name).split() or [name]
