"""The features of a search from which the ranking learns: its stems, what they may stand for, and what it wants and names."""

from __future__ import annotations

from collections.abc import Iterable

from catalogue.model.facts import Fact
from catalogue.search.query.facts import find_mentions
from catalogue.search.query.groups import group_spans
from catalogue.search.query.parser import expansions_by_entry
from catalogue.search.query.wants import wanted_purposes
from catalogue.storage.fulltext import stems_of

# The weight of each feature of a search.
Features = dict[str, float]
# Of a synonym; a stem as typed has 1.
SYNONYM = 0.4


def features_of(stems: Iterable[str], wants: Iterable[str], facts: Iterable[Fact]) -> Features:
    """Return the features of a search, from 0 to 1 each, by name."""
    typed = frozenset(stems)
    features = {
        "_".join(expansion.stems): SYNONYM
        for stem in sorted(typed)
        for expansion in expansions_by_entry().get((stem,), ())
    }
    features |= dict.fromkeys(sorted(typed), 1.0)
    features |= {f"wants:{purpose}": 1.0 for purpose in wants}
    return features | dict.fromkeys(fact_features(facts), 1.0)


def fact_features(facts: Iterable[Fact]) -> list[str]:
    """Return the names of the features of some facts.

    A number says that there is a limit of its kind; how large it is, the limits themselves look at.
    """
    return [f"{fact.name}:{value}" for fact in facts for value in fact.values or ("",)]


def features_in(text: str) -> Features:
    """Return the features of a text of which nothing is known yet."""
    facts = [mention.fact for mention in find_mentions(text)]
    spans = group_spans(text)
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    parts = [text[start:end] for start, end in zip(ends, starts, strict=True)]
    stems = {stem for part in parts for stem in stems_of(part)}
    groups = ["_".join(stems_of(text[start:end])) for start, end in spans]
    return features_of([*stems, *filter(None, groups)], wanted_purposes(text), facts)
