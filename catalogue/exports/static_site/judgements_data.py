"""What a script needs to recommend methods as judged searches do: what the features that it can know say of each method.

These are stems, the synonyms that they may stand for, and options of facts. Numbers, groups of words and what words want
are left to the server. All weights are whole hundredths.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from typing import Any

from catalogue.model.facts import Fact
from catalogue.model.letters import split_words
from catalogue.search.judgements.features import SYNONYM, fact_features
from catalogue.search.judgements.judged_searches import read_judged_searches
from catalogue.search.judgements.recommended import LEARNED, OFTEN
from catalogue.search.judgements.weights import read_weights
from catalogue.search.query.parser import expansions_by_entry
from catalogue.search.snapshot import Snapshot
from catalogue.storage.fulltext import stems_of

# Hundredths of the lowest weight that is written. Most are near 0; lower ones make the file longer and the answers no better (docs/performance.md).
LEAST = 7


def judgements_data(
    snapshot: Snapshot, facts: Sequence[Fact], known: Container[str]
) -> dict[str, Any]:
    """Return what judged searches say of the methods, as plain values for JSON.

    `facts` are those that words may name, in the order of their numbers; `known` are the words whose stems the script has anyway.
    Raises JudgedSearchesError.
    """
    of_facts = [fact_features((fact,)) for fact in facts]
    features = _features(snapshot, {name for names in of_facts for name in names})
    return {
        "learned": LEARNED,
        "often": OFTEN,
        "synonym": SYNONYM,
        "new": _hundredths((read_weights().new_idf,))[0],
        "mean": _hundredths(snapshot.recommended.often),
        "features": features,
        "facts": of_facts,
        "forms": _forms(features, known),
    }


def _features(snapshot: Snapshot, of_facts: Container[str]) -> dict[str, list[int]]:
    """Return the idf of each feature, followed by the ordinals of the methods that it speaks for or against, each with its weight."""
    weights = read_weights()
    synonyms = {"_".join(e.stems) for each in expansions_by_entry().values() for e in each}
    found = {}
    for name, idf, row in zip(weights.names, _hundredths(weights.idf), weights.weights, strict=True):  # fmt: skip
        is_stem = not {"_", ":"} & set(name)
        if is_stem or name in synonyms or name in of_facts:
            of_methods = enumerate(_hundredths(snapshot.recommended.by_ordinal(row)))
            if pairs := [pair for pair in of_methods if abs(pair[1]) >= LEAST]:
                found[name] = [idf, *(number for pair in pairs for number in pair)]
    return found


def _forms(features: Container[str], known: Container[str]) -> dict[str, list[str]]:
    """Return the words of judged searches whose stems are features, but not known otherwise, by their stem."""
    words = {word for each in read_judged_searches() for word in split_words(each.words)}
    forms: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        stems = stems_of(word)
        if word not in known and len(stems) == 1 and stems[0] in features:
            forms[stems[0]].append(word)
    return forms


def _hundredths(values: Iterable[float]) -> list[int]:
    return [round(float(value) * 100) for value in values]
