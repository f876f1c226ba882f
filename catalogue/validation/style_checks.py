"""Looks at the prose of a method and warns of what makes a page hard to use or to trust.

Run by `catalogue check` after a file has been read without errors; nothing here keeps a method
off the site.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain
from urllib.parse import urlsplit

import pyphen

from catalogue.model.completeness import (
    REVIEW_AFTER_MONTHS,
    RULES,
    THIN,
    WORDS_LEAST,
    WORDS_MOST,
    body_words,
    completeness,
    review_due,
)
from catalogue.model.method import Method, Section
from catalogue.model.problems import Problem, Values, shown
from catalogue.rendering.anchors import page_ids
from catalogue.rendering.hrefs import link_problems, target_problem
from catalogue.rendering.markdown import SENTENCE_END, parse, tokens_to_html
from catalogue.rendering.markdown_parts import links, not_shown, plain_blocks
from catalogue.rendering.site_texts import load_texts
from catalogue.urls import PATHS
from catalogue.vocabulary import VOCABULARY

# In words.
MAX_SENTENCE = 35
MAX_AVERAGE = 25
# Flesch's reading ease: 60 and more is plain English, under 30 is very hard (Flesch 1948).
SYLLABLES = pyphen.Pyphen(lang="en_GB", left=1, right=1)
MIN_READING_EASE = 40
# In letters, as only so much of a word is kept; no word of English is longer.
LONGEST_WORD = 45
EMPTY_LINK_TEXTS = ("click here", "here", "this page", "this link", "link", "read more", "more",
                    "this", "see here", "website", "page")  # fmt: skip
# Words that a page says in another way: what has aged, and the abbreviations of a card index.
BETTER_WORDS = {"dear": "expensive", "dearer": "more expensive", "dearest": "most expensive", "n.d.": "undated",
                "ibid.": "the source again", "op. cit.": "the source again", "viz.": "namely"}  # fmt: skip
# "Dear" begins a letter; what is dear stands inside a sentence.
BOOKKEEPING = re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, BETTER_WORDS))})(?!\w)")
NOT_RECORDED = re.compile(
    r"\b(?:not|never|nowhere) (?:been )?(?:recorded|reported)\b|\bno record\b|\bnot known what followed\b"
    r"|\bhave not found\b"
)
SEARCHED = re.compile(
    r"\bsearched (?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" 20\d\d\b"
)
# Money and percentages are what readers repeat to a committee.
FIGURE = re.compile(r"(?:[£€$]\s?\d+(?:[.,]\d+)*|\b\d+(?:[.,]\d+)*\s?(?:%|per cent\b))")
YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b|\bundated\b")
ESTIMATE = re.compile(r"\bestimates?d?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """One line of a section's Markdown and its line in the file."""

    number: int
    text: str


def prose_problems(
    path: str, method: Method, today: date, unread: Collection[str] = ()
) -> list[Problem]:
    """Return warnings about a method's text, errors about its links, and a reminder if its review is due by `today`.

    `unread` are the fields, and "sections" for the text, that have errors, so that what the method lacks is
    not held against it.
    """
    return [*_prose_problems(path, method, today, unread)]


def _prose_problems(
    path: str, method: Method, today: date, unread: Collection[str]
) -> Iterator[Problem]:
    yield from _completeness(path, method, unread)
    if "sections" not in unread:
        yield from _length(path, method)
    if "sources" not in unread:
        yield from _sources(path, method)
    yield from _review(path, method, today)
    names = _source_names(method)
    parsed = parse([section.markdown for section in method.sections])
    ids = {"": page_ids(tokens_to_html(parsed))}
    if any(PATHS.glossary in section.markdown for section in method.sections):
        ids[PATHS.glossary] = {entry.anchor for entry in load_texts().glossary}
    texts = []
    for section, tokens in zip(method.sections, parsed, strict=True):
        lines = [Line(section.text_line + at, text) for at, text in plain_blocks(tokens)]
        # Letters and lists to copy are judged by who uses them.
        judged = not VOCABULARY.sections[section.id].optional
        if judged:
            texts += [line.text for line in lines]
            yield from _sentences(path, lines)
            yield from _words(path, lines)
            yield from _figures(path, section, names)
        yield from _links(path, section, links(tokens), ids)
        for at, found, kind in not_shown(tokens):
            yield Problem(
                "not-shown", path, section.text_line + at, 1, {"found": shown(found)}, kind
            )
        yield from link_problems(path, section.markdown, section.text_line)
    yield from _cases(path, method)
    yield from _reading(path, texts)


def _completeness(path: str, method: Method, unread: Collection[str]) -> Iterator[Problem]:
    found = completeness(method, unread)
    if found.score < THIN:
        lacking = [rule.lacking(method) for rule in RULES if rule.name in found.missing]
        yield Problem(
            "page-thin",
            path,
            1,
            1,
            {"score": found.score, "missing": [*chain.from_iterable(lacking)]},
        )


def _length(path: str, method: Method) -> Iterator[Problem]:
    words = body_words(method)
    line = method.sections[0].line if method.sections else 1
    if words < WORDS_LEAST:
        values = {"words": words, "limit": WORDS_LEAST, "under": WORDS_LEAST - words}
        yield Problem("body-short", path, line, 1, values)
    if words > WORDS_MOST:
        values = {"words": words, "limit": WORDS_MOST, "over": words - WORDS_MOST}
        yield Problem("body-long", path, line, 1, values)


def _sources(path: str, method: Method) -> Iterator[Problem]:
    hosts = {urlsplit(source.url).hostname for source in method.sources if source.url}
    if len(method.sources) > 1 and len(hosts) == 1 and all(s.url for s in method.sources):
        yield Problem("sources-one-host", path, 1, 1, {"host": str(hosts.pop())})


def _review(path: str, method: Method, today: date) -> Iterator[Problem]:
    due = review_due(method.last_reviewed)
    if due and due < today:
        values = {"reviewed": str(method.last_reviewed), "due": str(due)}
        yield Problem("review-due", path, 1, 1, {**values, "months": REVIEW_AFTER_MONTHS})


def _source_names(method: Method) -> tuple[str, ...]:
    """Return names that, standing beside a figure, say where it is from."""
    names = [source.by for source in method.sources]
    names += [case.place for case in method.cases] + [case.title for case in method.cases]
    parts = {part.strip().lower() for name in names for part in re.split(r"[,()/;]| and ", name)}
    return tuple(part for part in parts if len(part) > 3)


def _lines(section: Section) -> list[Line]:
    return [
        Line(number, text)
        for number, text in enumerate(section.markdown.split("\n"), start=section.text_line)
        if text.strip()
    ]


def _sentences(path: str, lines: list[Line]) -> Iterator[Problem]:
    for line in lines:
        for sentence in SENTENCE_END.split(line.text):
            words = len(sentence.split())
            if words > MAX_SENTENCE:
                beginning = " ".join(sentence.split()[:6])
                values: Values = {"words": words, "beginning": beginning, "limit": MAX_SENTENCE}
                yield Problem("sentence-long", path, line.number, 1, values)


def _words(path: str, lines: list[Line]) -> Iterator[Problem]:
    for line in lines:
        for found in BOOKKEEPING.finditer(line.text):
            values: Values = {"word": found[0], "better": BETTER_WORDS[found[0]]}
            yield Problem("word-bookkeeping", path, line.number, 1, values)


def _cases(path: str, method: Method) -> Iterator[Problem]:
    """Yield what is wrong with the outcomes of cases, whose lines a method does not know."""
    for case in method.cases:
        outcome = [Line(1, case.outcome)]
        yield from _sentences(path, outcome)
        yield from _words(path, outcome)
        if NOT_RECORDED.search(case.outcome) and not SEARCHED.search(case.outcome):
            yield Problem("case-not-searched", path, 1, 1, {"title": shown(case.title)})


def _links(
    path: str, section: Section, found: Iterable[tuple[int, str, str]], ids: Mapping[str, Set[str]]
) -> Iterator[Problem]:
    for at, href, words in found:
        line = section.text_line + at
        if words.strip().lower() in EMPTY_LINK_TEXTS:
            yield Problem("link-text", path, line, 1, {"words": words})
        if problem := target_problem(path, href, line, ids):
            yield problem


def _figures(path: str, section: Section, names: tuple[str, ...]) -> Iterator[Problem]:
    """Warn of money and percentages in a paragraph or list that names no source and no estimate."""
    for block in _blocks(section):
        whole = " ".join(line.text for line in block)
        plain = whole.lower()
        if ESTIMATE.search(whole) or any(name in plain for name in names):
            continue
        for line in block:
            figure = FIGURE.search(line.text)
            if figure and not YEAR.search(line.text.replace(figure[0], "")):
                yield Problem("figure-unsourced", path, line.number, 1, {"figure": figure[0]})


def _blocks(section: Section) -> Iterator[list[Line]]:
    """Yield the paragraphs and lists of a section; a list belongs to the paragraph that leads into it."""
    lines = _lines(section)
    block: list[Line] = []
    for line in lines:
        follows = block and line.number == block[-1].number + 1
        into_list = block and re.match(r"\s*(?:[-*+]|\d+\.|\|)\s", line.text)
        if block and not follows and not into_list:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _reading(path: str, texts: list[str]) -> Iterator[Problem]:
    text = " ".join(texts)
    sentences = [s for s in SENTENCE_END.split(text) if s]
    average = len(text.split()) / max(1, len(sentences))
    if average > MAX_AVERAGE:
        yield Problem("sentences-long", path, 1, 1, {"average": average})
    if text and (ease := reading_ease(text, average)) < MIN_READING_EASE:
        yield Problem("reading-hard", path, 1, 1, {"ease": ease})


def reading_ease(text: str, words_per_sentence: float) -> float:
    """Return Flesch's reading ease: 206.835 - 1.015 words/sentence - 84.6 syllables/word.

    Syllables are counted by the hyphenation dictionary, which finds a few too few, so the
    figure is a little kind. Source: R. Flesch, "A new readability yardstick", 1948.
    """
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(_syllables(word.lower()[:LONGEST_WORD]) for word in words)
    # Pyphen keeps every word it was ever asked for, and these come from whoever posts a text.
    SYLLABLES.hd.cache.clear()
    return 206.835 - 1.015 * words_per_sentence - 84.6 * syllables / max(1, len(words))


# A third of the time of a check went into words that stand in every other method.
@lru_cache(maxsize=20_000)
def _syllables(word: str) -> int:
    return len(SYLLABLES.positions(word)) + 1
