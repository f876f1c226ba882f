"""Looks at the prose of a method and warns of what makes a page hard to use or to trust.

Run by `catalogue check` after a file has been read without errors; nothing here keeps a method
off the site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
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
from catalogue.model.problems import Problem, Severity, shown
from catalogue.rendering.hrefs import link_problems
from catalogue.rendering.markdown import SENTENCE_END, plain_blocks

LONGEST_SENTENCE = 40
LONGEST_AVERAGE = 25
# Flesch's reading ease: 60 and more is plain English, under 30 is very hard (Flesch 1948).
SYLLABLES = pyphen.Pyphen(lang="en_GB", left=1, right=1)
HARDEST_READING = 40
MARKDOWN_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
CODE = re.compile(r"`[^`]*`|\\.")
NOT_SHOWN = re.compile(
    r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>|<!--|!\[[^\]]*\]\([^)]*\)|!?\[\[[^\[\]]*\]\]"
)
EMPTY_LINK_TEXTS = ("click here", "here", "this page", "this link", "link", "read more", "more",
                    "this", "see here", "website", "page")  # fmt: skip
# Money and percentages are what readers repeat to a committee.
FIGURE = re.compile(r"(?:[£€$]\s?\d+(?:[.,]\d+)*|\b\d+(?:[.,]\d+)*\s?(?:%|per cent\b))")
YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b|\bundated\b")
ESTIMATE = re.compile(r"\bestimates?d?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """One line of a section's Markdown and its line in the file."""

    number: int
    text: str


def prose_problems(path: str, method: Method, today: date) -> list[Problem]:
    """Return warnings about a method's text, errors about its links, and a reminder if its review is due by `today`."""
    return [*_prose_problems(path, method, today)]


def _prose_problems(path: str, method: Method, today: date) -> Iterator[Problem]:
    yield from _completeness(path, method)
    yield from _length(path, method)
    yield from _sources(path, method)
    yield from _review(path, method, today)
    names = _source_names(method)
    texts = {section.heading: _plain_lines(section) for section in method.sections}
    for section in method.sections:
        yield from _sentences(path, texts[section.heading])
        yield from _links(path, section)
        yield from _not_shown(path, section)
        yield from link_problems(path, section.markdown, section.text_line)
        yield from _figures(path, section, names)
    yield from _reading(path, [line.text for lines in texts.values() for line in lines])


def _warn(
    path: str, line: int, code: str, what: str, mend: str, severity: Severity = "warning"
) -> Problem:
    return Problem(path, line, 1, code, what, mend, severity)


def _completeness(path: str, method: Method) -> Iterator[Problem]:
    found = completeness(method)
    if found.score < THIN:
        missing = " ".join(rule.meaning for rule in RULES if rule.name in found.missing)
        what = f"this page is thin: {found.score} of 100 points for completeness"
        yield _warn(path, 1, "page-thin", what, f"Add what is missing: {missing}")


def _length(path: str, method: Method) -> Iterator[Problem]:
    words = body_words(method)
    line = method.sections[0].line if method.sections else 1
    if words < WORDS_LEAST:
        what = f"the text has {words} words and should have {WORDS_LEAST} at least"
        mend = f"Add {WORDS_LEAST - words}: what would a newcomer still ask?"
        yield _warn(path, line, "body-short", what, mend)
    if words > WORDS_MOST:
        what = f"the text has {words} words and should have {WORDS_MOST} at most"
        yield _warn(path, line, "body-long", what, f"Cut {words - WORDS_MOST}.")


def _sources(path: str, method: Method) -> Iterator[Problem]:
    hosts = {urlsplit(source.url).hostname for source in method.sources if source.url}
    if len(method.sources) > 1 and len(hosts) == 1 and all(s.url for s in method.sources):
        what = f"all sources are pages of one site ({hosts.pop()})"
        yield _warn(path, 1, "sources-one-host", what, "Add a source from somebody else.")


def _review(path: str, method: Method, today: date) -> Iterator[Problem]:
    due = review_due(method.last_reviewed)
    if due and due < today:
        what = f"this page was last reviewed on {method.last_reviewed} and was due on {due}"
        mend = "Read it through, check its facts and links, and change last_reviewed. "
        mend += f"Pages are reviewed every {REVIEW_AFTER_MONTHS} months."
        yield _warn(path, 1, "review-due", what, mend, "reminder")


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


def _plain_lines(section: Section) -> list[Line]:
    """Return the plain text of each paragraph, list item and cell of a section, with its line in the file."""
    return [Line(section.text_line + at, text) for at, text in plain_blocks(section.markdown)]


def _sentences(path: str, lines: list[Line]) -> Iterator[Problem]:
    for line in lines:
        for sentence in SENTENCE_END.split(line.text):
            words = len(sentence.split())
            if words > LONGEST_SENTENCE:
                beginning = " ".join(sentence.split()[:6])
                what = f"a sentence has {words} words (“{beginning} …”)"
                mend = f"Cut it in two; {LONGEST_SENTENCE} is the limit and 25 a good average."
                yield _warn(path, line.number, "sentence-long", what, mend)


def _links(path: str, section: Section) -> Iterator[Problem]:
    for line in _lines(section):
        for link in MARKDOWN_LINK.finditer(line.text):
            if link[1].strip().lower() in EMPTY_LINK_TEXTS:
                what = f'link text "{link[1]}" does not say where it goes'
                problem = _warn(path, line.number, "link-text", what, "Use the name of the page.")
                yield problem


def _not_shown(path: str, section: Section) -> Iterator[Problem]:
    """Warn of HTML, pictures and wiki links, which are taken out or shown as they are written."""
    for line in _lines(section):
        if found := NOT_SHOWN.search(CODE.sub("", line.text)):
            what = f'"{shown(found[0])}" does not work on the page'
            mend = "Write plain Markdown: paragraphs, lists, tables, and links as [words](address)."
            yield _warn(path, line.number, "not-shown", what, mend)


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
                what = f'the figure "{figure[0]}" has no source beside it'
                mend = "Name the source and the year in the sentence, or say “our estimate”."
                yield _warn(path, line.number, "figure-unsourced", what, mend)


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
    if average > LONGEST_AVERAGE:
        what = f"its sentences have {average:.0f} words on average and should have under 25"
        yield _warn(path, 1, "sentences-long", what, "Use one idea for each sentence.")
    if text and (ease := reading_ease(text, average)) < HARDEST_READING:
        what = f"the text is hard to read (Flesch reading ease {ease:.0f}; aim for 50 or more)"
        yield _warn(path, 1, "reading-hard", what, "Use shorter words and shorter sentences.")


def reading_ease(text: str, words_per_sentence: float) -> float:
    """Return Flesch's reading ease: 206.835 - 1.015 words/sentence - 84.6 syllables/word.

    Syllables are counted by the hyphenation dictionary, which finds a few too few, so the
    figure is a little kind. Source: R. Flesch, "A new readability yardstick", 1948.
    """
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(len(SYLLABLES.positions(word.lower())) + 1 for word in words)
    # Pyphen keeps every word it was ever asked for, and these come from whoever posts a text.
    SYLLABLES.hd.cache.clear()
    return 206.835 - 1.015 * words_per_sentence - 84.6 * syllables / max(1, len(words))
