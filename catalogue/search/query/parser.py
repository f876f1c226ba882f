"""Parses a typed search into terms: words, phrases, synonyms, facts, typos.

Every correction is reported, so that a page can show it and how to undo it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from catalogue.model.letters import compose, split_words, typed_words
from catalogue.search.query.facts import understood
from catalogue.search.query.groups import Group, group_at
from catalogue.search.query.lexicon import Lexicon
from catalogue.search.query.quantities.ages import OLDER_PEOPLE, Ages, find_ages
from catalogue.search.query.refusal import is_passed_over, is_refused
from catalogue.search.query.terms import Expansion, ParsedQuery, QueryTerm
from catalogue.search.query.thesaurus import THESAURUS
from catalogue.search.query.topics import topic_of
from catalogue.search.query.wants import unwanted_stems, wanted_purposes
from catalogue.storage.fulltext import analyse, stems_of

# As many different words as a text of the longest search has.
MAX_TERMS = 128
# A text with more words that are not known is in another language, or none: looking for what each may mean takes seconds.
MAX_SLIPS = 32
# Weights of expansions and terms, from 0 to 1; an expansion as typed has 1.0.
SYNONYM = 0.45
# A synonym of a word that names a fact.
FACT_WORD = 0.225
COMPLETED = 0.8
FILLER = 0.15
GENERIC = 0.35
# One word of an entry of the thesaurus with several ("contact centre").
PART = 0.5
# A word under "instead of" and its like.
UNWANTED = 0.2
NEGATION = re.compile(r"(?:no|not|without|nobody|only|just)\b", re.I)


def parse_query(
    text: str, lexicon: Lexicon, without: Container[str] = (), today: date | None = None
) -> ParsedQuery:
    """Parse the text of a search. Quotation marks are the only operator.

    A phrase in quotation marks is searched for exactly as it is and must match. Any text can be parsed.
    Words that name a fact of a name in `without` are words like others. Days of the calendar are read as weeks from
    `today`, and not read without it.
    """
    terms: list[QueryTerm] = []
    parts = _parts(text)
    if sum(not lexicon.knows(word) for word in set(split_words(text))) > MAX_SLIPS:
        lexicon = lexicon.uncorrecting()
    for position, part in enumerate(parts):
        if position % 2:
            stems = stems_of(part)
            if stems:
                exact = Expansion(stems, phrase=len(stems) > 1)
                terms.append(QueryTerm(part.strip(), (exact,), required=True))
        else:
            terms += _unquoted(part, lexicon, without, position == len(parts) - 1, today)
    typed = tuple(token.stem for part in parts for token in analyse(part))
    refused, passed_over = _not_wanted(parts)
    # Of two equal terms, the required one counts, or else the first.
    ordered = sorted(reversed(terms), key=lambda term: term.required)
    distinct = {term.expansions or term.text: term for term in ordered}
    unique = [t for t in terms if distinct.get(t.expansions or t.text) is t]
    unwanted = unwanted_stems(text)
    terms = [
        _less(term) if unwanted.issuperset(stems_of(term.text)) else term
        for term in unique[:MAX_TERMS]
    ]
    return ParsedQuery(
        tuple(terms), typed, len(unique) > MAX_TERMS, wanted_purposes(text), unwanted, refused, passed_over
    )  # fmt: skip


def _not_wanted(parts: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return each word of a search that it does not want first, "" in place of the others; and of these the words that it does not refuse.

    What stands in quotation marks is asked for.
    """
    words: list[str] = []
    passed: list[str] = []
    for n, part in enumerate(parts):
        for token in analyse(part):
            word = part[token.start : token.end].lower()
            over = n % 2 == 0 and is_passed_over(part, token.start, token.end)
            refused = n % 2 == 0 and is_refused(part, token.start, token.end)
            words.append(word if over or refused else "")
            passed.append(word if over else "")
    return tuple(words), tuple(passed)


def _less(term: QueryTerm) -> QueryTerm:
    return term if term.required or term.filler else replace(term, weight=term.weight * UNWANTED)


def as_typed(text: str, word: str) -> str:
    """Put quotation marks around a corrected word of a search, so that it is not corrected."""
    plain = " ".join(split_words(word))
    parts = _parts(text)
    for position in range(0, len(parts), 2):
        # The word may be only a part of the text between two spaces: "(photo-voise)".
        parts[position] = " ".join(
            f'"{piece}"'
            if re.search(rf"\b{re.escape(plain)}\b", " ".join(split_words(piece)))
            else piece
            for piece in parts[position].split()
        )
    quoted = (f'"{part}"' if position % 2 else part for position, part in enumerate(parts))
    return " ".join(part for part in quoted if part)


def _parts(text: str) -> list[str]:
    """Split a search at its quotation marks: the parts at odd positions are the quoted ones."""
    parts = re.sub(r"[\u201c\u201d\u201e\u00ab\u00bb]", '"', compose(text)).split('"')
    # A quotation mark that is never closed is ignored.
    return parts if len(parts) % 2 else [*parts[:-2], f"{parts[-2]} {parts[-1]}"]


def _unquoted(
    text: str, lexicon: Lexicon, without: Container[str], last: bool, today: date | None
) -> Iterator[QueryTerm]:
    """Yield the terms of an unquoted part: mentions of facts, and the words between them."""
    end = 0
    said = understood(text, today)
    older = {ages.start: ages for ages in find_ages(text) if ages.are_older}
    refused = {mention.start: mention for mention in said.refused}
    found = [mention for mention in said.mentions if mention.fact.name not in without]
    named = older | refused | {each.start: each for each in found}
    for start, mention in sorted(named.items()):
        if start < end:
            continue
        yield from _words(text[end:start], lexicon)
        end = mention.end
        # No audience is that of an age from fifty on, but texts speak of older people.
        if isinstance(mention, Ages):
            yield QueryTerm(
                text[start:end], (*_phrase(OLDER_PEOPLE.split()), *_synonyms(OLDER_PEOPLE))
            )
            continue
        if mention in said.refused:
            continue
        # Texts that have the words of "no trained facilitator" speak of trained facilitators.
        negated = start in refused or NEGATION.match(mention.text)
        stems = () if mention.fact.numbers or negated else stems_of(mention.text)
        # Most methods may have the fact, so words for it discriminate better; but the fact weighs more.
        others = [replace(expansion, weight=FACT_WORD) for expansion in _synonyms(mention.text)]
        expansions = (Expansion(stems, phrase=len(stems) > 1), *others) if stems else ()
        yield QueryTerm(mention.text, expansions, fact=mention.fact, firm=mention.firm)
    yield from _words(text[end:], lexicon, last)


def _words(text: str, lexicon: Lexicon, last: bool = False) -> Iterator[QueryTerm]:
    pairs = typed_words(text)
    words, typed = [word for word, _ in pairs], [original for _, original in pairs]
    position = 0
    while position < len(words):
        if found := group_at(words, position):
            size, meant = found
            if meant.stems:
                yield QueryTerm(" ".join(typed[position : position + size]), _of_group(meant))
            position += size
            continue
        size, expansions = _longest_entry(words, position)
        word = " ".join(words[position : position + size])
        if size > 1:
            group = words[position : position + size]
            parts = [Expansion(stems_of(w), PART) for w in group if stems_of(w)]
            shown = " ".join(typed[position : position + size])
            yield QueryTerm(shown, (*_phrase(group), *parts, *expansions))
        elif position + 1 < len(words) and (joined := lexicon.joined(word, words[position + 1])):
            size = 2
            pair = words[position : position + 2]
            shown = " ".join(typed[position : position + size])
            yield QueryTerm(shown, (Expansion(stems_of(joined)), *_phrase(pair)))
        elif stems_of(word):
            unfinished = last and position == len(words) - 1
            yield replace(_one_word(word, expansions, lexicon, unfinished), text=typed[position])
        position += size


def _of_group(group: Group) -> tuple[Expansion, ...]:
    """Return what a group may match: itself as it is, the others that mean the same, its synonyms, and what it is about."""
    others = [Expansion(stems, SYNONYM, phrase=True, whole=True) for stems in group.same]
    about = [Expansion(stems, SYNONYM, phrase=len(stems) > 1) for stems in group.about]
    synonyms = expansions_by_entry().get(group.stems, ())
    itself = Expansion(group.stems, phrase=True, whole=True)
    return tuple(dict.fromkeys((itself, *others, *synonyms, *about)))


def _one_word(
    word: str, others: tuple[Expansion, ...], lexicon: Lexicon, unfinished: bool
) -> QueryTerm:
    """Return the term of a single word, known or not."""
    # A number that no method has says nothing: "1000", "200k".
    if word in THESAURUS.fillers or (word[0].isdigit() and not lexicon.knows(word)):
        return QueryTerm(word, (Expansion(stems_of(word), FILLER),), filler=True)
    expansions = [Expansion(stems_of(word)), *others]
    weight = GENERIC if word in THESAURUS.generic else 1.0
    if spelt := lexicon.other_spelling(word):
        expansions.append(Expansion(stems_of(spelt)))
        expansions += _synonyms(spelt)
    if parted := lexicon.parted(word):
        expansions += _phrase(list(parted))
    topic = topic_of(word) if word not in lexicon.counts else None
    if lexicon.knows(word) or len(expansions) > 1:
        return QueryTerm(word, tuple(expansions), weight=weight, topic=topic)
    if unfinished and (completions := lexicon.completions(word)):
        expansions += [
            Expansion(stems_of(longer), COMPLETED) for longer in completions if stems_of(longer)
        ]
        return QueryTerm(word, tuple(dict.fromkeys(expansions)))
    if topic:
        return QueryTerm(word, tuple(expansions), topic=topic)
    corrected, clear = lexicon.correct(word)
    if corrected and clear:
        expansions += [Expansion(stems_of(corrected)), *_synonyms(corrected)]
        return QueryTerm(word, tuple(dict.fromkeys(expansions)), corrected=corrected)
    return QueryTerm(word, tuple(expansions), offered=corrected)


def _phrase(words: list[str]) -> tuple[Expansion, ...]:
    stems = stems_of(" ".join(words))
    return (Expansion(stems, phrase=len(stems) > 1),) if stems else ()


@cache
def expansions_by_entry() -> dict[tuple[str, ...], tuple[Expansion, ...]]:
    """Return, for the stems of each word of the thesaurus, its synonyms: the others in its lines."""
    synonyms: dict[tuple[str, ...], dict[tuple[str, ...], Expansion]] = {}
    for line in THESAURUS.synonyms:
        stems = [s for word in line if (s := stems_of(word))]
        for one in stems:
            others = synonyms.setdefault(one, {})
            for other in stems:
                if other != one:
                    others[other] = Expansion(other, SYNONYM, phrase=len(other) > 1)
    return {one: tuple(others.values()) for one, others in synonyms.items()}


@cache
def _max_words() -> int:
    """Return how many words the longest entry of the thesaurus has."""
    return max((len(split_words(word)) for line in THESAURUS.synonyms for word in line), default=0)


def _synonyms(word: str) -> tuple[Expansion, ...]:
    return expansions_by_entry().get(stems_of(word), ())


def _longest_entry(words: list[str], position: int) -> tuple[int, tuple[Expansion, ...]]:
    """Return how many words from `position` on are one entry of the thesaurus, and its synonyms."""
    for size in range(min(_max_words(), len(words) - position), 1, -1):
        group = " ".join(words[position : position + size])
        stems = stems_of(group)
        ends = stems_of(words[position]) and stems_of(words[position + size - 1])  # not a stop word
        if len(stems) > 1 and ends and stems in expansions_by_entry():
            return size, expansions_by_entry()[stems]
    return 1, _synonyms(words[position])
