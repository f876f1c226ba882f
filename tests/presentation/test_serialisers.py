"""Results as plain dicts, and the rooms up to presentation in a process that has no Flask."""

from __future__ import annotations

import json
import subprocess
import sys

from catalogue.presentation.serialisers import method_data, search_data, suggestions_data
from catalogue.search.autocomplete import suggest
from catalogue.search.engine import search
from catalogue.search.snapshot import Snapshot
from tests.support.search_helpers import parse

SITE = "https://site.example"
# Fails where anything imports Flask; prints what becomes of a search in an opened build.
WITHOUT_FLASK = """
import importlib, json, pkgutil, sys
from pathlib import Path

class NoFlask:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "flask":
            raise ImportError("flask is not for this room")

sys.meta_path.insert(0, NoFlask())
import catalogue.presentation
names = [m.name for m in pkgutil.walk_packages(catalogue.presentation.__path__, "catalogue.presentation.")]
for name in names:
    importlib.import_module(name)
from catalogue.presentation.serialisers import search_data
from catalogue.presentation.glance import glance
from catalogue.presentation.view_models import card_view
from catalogue.search.engine import search
from catalogue.search.search_request import SearchRequest
from catalogue.search.snapshot import Snapshot
snapshot = Snapshot(Path(sys.argv[1]))
page = search(snapshot, SearchRequest(words="harvest lottery cheap"))
(result,) = [each for each in page.results if each.card.slug == "harvest-jury"]
method = snapshot.page(result.card.slug).method
print(json.dumps({
    "modules": names,
    "cost": card_view(result.card).cost,
    "group size": next(row.text for row in glance(method) if row.label == "People in all"),
    "answer": search_data(page, (), "https://site.example"),
}))
"""


def test_results_are_put_into_words_in_a_process_without_flask(snapshot: Snapshot) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_FLASK, str(snapshot.folder)],
        check=False, capture_output=True, text=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    printed = json.loads(done.stdout)
    assert "catalogue.presentation.serialisers" in printed["modules"]
    assert (printed["cost"], printed["group size"]) == (
        "High: £40,000 to £90,000",
        "12 to 24 people",
    )
    (jury,) = [i for i in printed["answer"]["items"] if i["url"] == f"{SITE}/methods/harvest-jury"]
    assert jury["breaks"] == ["Cost: High: £40,000 to £90,000"]
    assert [raised["fact"] for raised in printed["answer"]["raised"]] == [
        "Audience: A cross-section of people"
    ]
    assert printed["answer"]["limits"]["facts"] == ["Cost: Minimal / Low"]


def test_a_search_is_plain_values_with_the_notices_of_its_request_first(snapshot: Snapshot) -> None:
    request, notices = parse("?q=lottery+zzz&cost=dear&people=20")
    answer = search_data(search(snapshot, request), notices, SITE)
    assert json.loads(json.dumps(answer))["total"] == answer["total"] == 1
    assert [notice.split(":")[0] for notice in answer["notices"]] == [
        "We ignored “dear”, which is not an option of Cost. The options are",
        "No method mentions",
    ]


def test_a_method_is_its_fields_with_its_address_and_each_section_in_both_forms(
    snapshot: Snapshot,
) -> None:
    page = snapshot.page("harvest-jury")
    assert page is not None
    answer = json.loads(json.dumps(method_data(page, SITE)))
    assert (answer["title"], answer["url"]) == ("Harvest jury", f"{SITE}/methods/harvest-jury")
    assert [tuple(part) for part in answer["sections"]] == [("heading", "markdown", "html")] * len(
        page.sections
    )


def test_suggestions_are_plain_values_in_their_order(snapshot: Snapshot) -> None:
    answer = suggestions_data(suggest(snapshot, "harvest j"))
    assert json.loads(json.dumps(answer)) == {
        "items": [
            {
                "kind": "method",
                "text": "Harvest jury",
                "path": "/methods/harvest-jury",
                "also": "",
                "language": "",
            }
        ]
    }
