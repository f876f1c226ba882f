"""How often a right method is among the first three: ours and the peers', on the real methods.

The file of queries is a YAML list of `{q, kind, want: [slugs]}`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import yaml

from benchmarks.peers import Peer, read_documents
from benchmarks.report import table
from catalogue.build.builder import build
from catalogue.search.engine import search
from catalogue.search.search_request import SearchRequest
from catalogue.search.snapshot import Snapshot

FIRST = 3

Asked = Callable[[SearchRequest], list[str]]


def print_relevance(queries: Path, methods: Path, scratch: Path, peers: list[type[Peer]]) -> None:
    """Ask every engine every query and print the share answered within the first three."""
    listed = yaml.safe_load(queries.read_text(encoding="utf-8"))
    snapshot = Snapshot(build(methods, scratch / "relevance").folder)
    documents = list(read_documents(methods))
    engines: dict[str, Asked] = {
        "ours": lambda request: [found.card.slug for found in search(snapshot, request).results]
    }
    for made in peers:
        peer = made(scratch / f"relevance-{made.name}")
        peer.build(documents)
        engines[made.name] = lambda request, peer=peer: list(peer.search(request).slugs)
    right = {name: [_is_right(asked, query) for query in listed] for name, asked in engines.items()}
    print(f"## Relevance: {len(listed)} queries on the {len(documents)} real methods\n")
    print(f"Share of queries with a right method among the first {FIRST}.\n")
    rows = [_row("all", list(range(len(listed))), right)]
    for kind in dict.fromkeys(query["kind"] for query in listed):
        places = [place for place, query in enumerate(listed) if query["kind"] == kind]
        rows.append(_row(kind, places, right))
    table(["kind", *engines, "queries"], rows)


def _is_right(asked: Asked, query: dict[str, object]) -> bool:
    found = asked(SearchRequest(words=str(query["q"])))
    return bool(set(found[:FIRST]) & set(query["want"]))


def _row(kind: str, places: list[int], right: dict[str, list[bool]]) -> list[str]:
    shares = [sum(answers[p] for p in places) / len(places) for answers in right.values()]
    return [kind, *(f"{share:.2f}" for share in shares), str(len(places))]
