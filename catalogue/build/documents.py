"""Turns a checked `Method` into what is stored of it: page, passages and index document.

All work on texts happens here, once for each changed method, so that a request has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from catalogue.model.letters import split_words
from catalogue.model.method import Method
from catalogue.rendering.glossary_links import TermLinker
from catalogue.rendering.markdown import SENTENCE_END, sections_to_html, to_lines
from catalogue.rendering.site_texts import load_texts
from catalogue.storage.database import Entry
from catalogue.storage.fulltext import (
    BREAK,
    IndexDocument,
    analyse,
    stems_in,
    stems_of,
)
from catalogue.storage.passages import index_passages
from catalogue.validation.sections import method_links
from catalogue.vocabulary import VOCABULARY

# Sections on what the method is not for; they mention many needs it does not meet.
CAVEATS = ("avoid-when", "weaknesses", "confused-with")
# Letters and lists to copy; their words say little about the method. Their headings are found all the same.
NOT_SEARCHED = (*CAVEATS, "use-tomorrow")
LABEL_FACETS = ("purpose", "audience")
SUBHEADING = re.compile(r"<(h[3-6])[^>]*>.*?</\1>", re.DOTALL)


def make_entry(method: Method, digest: str) -> Entry:
    """Return what is stored of a method, its sections rendered; `digest` is that of its file."""
    linker = TermLinker(load_texts().glossary)
    rendered = sections_to_html([section.markdown for section in method.sections])
    sections = tuple(
        (section.id, linker.link(html))
        for section, html in zip(method.sections, rendered, strict=True)
    )
    passages = index_passages(
        (sentence, sorted({token.stem for token in analyse(sentence)}))
        for section, html in sections
        if section not in NOT_SEARCHED
        for line in to_lines(html)
        for sentence in SENTENCE_END.split(line)
    )
    return Entry(
        method,
        digest,
        sections,
        passages,
        name_stems=tuple(stems_of(name) for name in (method.title, *method.aliases)),
        name_words=tuple(tuple(split_words(name)) for name in (method.title, *method.aliases)),
        need_stems=tuple(tuple(sorted(stems_in(n))) for n in (method.summary, *method.asked_as)),
        refers_to=tuple(
            sorted({link.text for s in method.sections for link in method_links(s.markdown, 1)})
        ),
    )


def make_document(entry: Entry) -> IndexDocument:
    """Return the texts of a method by the field of the index."""
    method = entry.method
    body = [html for section, html in entry.sections if section not in NOT_SEARCHED]
    caveats = [html for section, html in entry.sections if section in CAVEATS]
    cases = [f"{case.title} {case.place} {case.country} {case.outcome}" for case in method.cases]
    # The standard headings are the same in all methods.
    subheadings = (match[0] for _, html in entry.sections for match in SUBHEADING.finditer(html))
    headings = [line for subheading in subheadings for line in to_lines(subheading)]
    return IndexDocument(
        slug=method.slug,
        title=method.title,
        aliases=_separate(method.aliases),
        asked_as=_separate(method.asked_as),
        summary=method.summary,
        labels=_separate(_labels(method)),
        headings=_separate((*headings, *(case.title for case in method.cases))),
        body=_separate((*(line for html in body for line in to_lines(html)), *cases)),
        caveats=_separate(line for html in caveats for line in to_lines(html)),
    )


def _labels(method: Method) -> list[str]:
    words = []
    for name in LABEL_FACETS:
        facet = VOCABULARY.facets[name]
        for value in method.choices(name):
            option = facet.by_value[value]
            words += [option.label, *option.synonyms]
    return words


def _separate(texts: Iterable[str]) -> str:
    """Join texts with a break, so that no phrase runs from one into the next."""
    return f"\n{BREAK}\n".join(texts)
