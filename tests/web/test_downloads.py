"""What can be taken away from the site: each file at its address, whole, and readable from any other site."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalogue.urls import PATHS
from tests.support.page import PageClient

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "o": "http://a9.com/-/spec/opensearch/1.1/"}  # fmt: skip
FILES = (
    "/data/catalogue.jsonl", "/data/catalogue.sqlite", "/data/methods-markdown.zip", "/data/methods.csv",
    "/data/datapackage.json", "/methods.csv", "/methods/harvest-jury.bib", "/methods/harvest-jury.ris",
    "/methods/harvest-jury.txt", "/methods/harvest-jury.md",
    "/methods/harvest-jury.docx", "/methods.docx", "/sitemap.xml", "/robots.txt", "/opensearch.xml", "/llms.txt",
)  # fmt: skip


@pytest.mark.parametrize("address", FILES)
def test_any_site_may_read_what_can_be_taken_away(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert response.data
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_the_page_of_the_data_lists_every_file_with_its_digest(
    page: PageClient, client: FlaskClient
) -> None:
    shown = page.get("/data")
    package = json.loads(client.get("/data/datapackage.json").data)
    links = [link["href"] for link in shown.select("a[download]")]
    assert links == [f"/data/{r['path']}" for r in package["resources"]] + ["/data/datapackage.json"]  # fmt: skip
    text = shown.get_text()
    assert all(r["hash"].removeprefix("sha256:") in text for r in package["resources"])


@pytest.mark.parametrize(
    "address",
    ["/data/..%2fsetup.cfg", "/data/none", "/methods/harvest-jury.exe", "/methods/no.bib"],
)
def test_a_file_that_does_not_exist_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["", "?q=village", "?cost=low&sort=cost", "?people=20-40&weeks=12",
                                   "?q=nowhere-to-be-found", "?page=9&per_page=1&colour=red"])  # fmt: skip
def test_a_list_as_csv_holds_the_whole_list_in_its_order(client: FlaskClient, query: str) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"/methods.csv{query}").text)))
    separator = "&" if query else "?"
    address = f"/api/v1/methods{query.replace('page=9&per_page=1', '')}{separator}per_page=100"
    items = client.get(address).get_json()["items"]
    assert [(r["slug"], r["size"]) for r in rows] == [(i["slug"], i["size"]) for i in items]


@pytest.mark.parametrize(
    ("slug", "sums"),
    [("barn-meeting", ("500", "5000", "GBP")), ("orchard-walk", ("", "300", "GBP"))],
)
def test_a_list_as_csv_has_the_sums_of_the_card_also_where_only_the_band_is_known(
    client: FlaskClient, slug: str, sums: tuple[str, ...]
) -> None:
    rows = csv.DictReader(io.StringIO(client.get("/methods.csv").text))
    [row] = [row for row in rows if row["slug"] == slug]
    assert tuple(row[f"cost_{part}"] for part in ("low", "high", "currency")) == sums


def test_the_list_of_methods_links_to_itself_as_a_file(page: PageClient) -> None:
    links = [link["href"] for link in page.get("/methods?q=village").select(".take-away a")]
    assert links == [
        "/methods.csv?q=village",
        "/methods.docx?q=village",
        "/api/v1/methods?q=village",
        "/feed.atom?q=village",
        "/data",
    ]


def test_the_sitemap_names_pages_that_exist_each_once(public_app: Flask) -> None:
    client = public_app.test_client()
    root = ElementTree.fromstring(client.get("/sitemap.xml").data)
    found = [loc.text or "" for loc in root.findall("s:url/s:loc", NAMES)]
    assert len(set(found)) == len(found)
    assert all(url.startswith("https://catalogue.example/") for url in found)
    paths = [url.removeprefix("https://catalogue.example") for url in found]
    assert {"/", "/methods/harvest-jury", PATHS.data} <= set(paths)
    assert [path for path in paths if client.head(path).status_code != 200] == []
    assert "Sitemap: https://catalogue.example/sitemap.xml" in client.get("/robots.txt").text


def test_the_search_is_described_to_browsers(public_app: Flask) -> None:
    root = ElementTree.fromstring(public_app.test_client().get("/opensearch.xml").data)
    (url,) = root.findall("o:Url[@type='text/html']", NAMES)
    assert url.get("template") == "https://catalogue.example/methods?q={searchTerms}"
    name = root.find("o:ShortName", NAMES)
    assert name is not None
    assert 0 < len(name.text or "") <= 16


def test_pages_say_in_the_words_of_schema_org_what_they_are(public_app: Flask) -> None:
    page = PageClient(public_app)
    found = {}
    for address in ("/methods/harvest-jury", "/methods", "/data"):
        (script,) = page.get(address).select('script[type="application/ld+json"]')
        found[address] = json.loads(script.string or "")
    method, listed, data = found.values()
    assert (method["@type"], listed["@type"], data["@type"]) == ("LearningResource", "ItemList", "Dataset")  # fmt: skip
    assert method["@id"] == "https://catalogue.example/methods/harvest-jury"
    assert [item["position"] for item in listed["itemListElement"]] == [1, 2, 3, 4, 5, 6]
    assert len(data["distribution"]) == 15


def test_pages_can_be_shared_with_their_title_summary_and_address(public_app: Flask) -> None:
    shown = PageClient(public_app).get("/methods/harvest-jury")
    graph = {tag["property"]: tag["content"] for tag in shown.select("meta[property^='og:']")}
    assert graph["og:title"] == "Harvest jury"
    assert graph["og:url"] == "https://catalogue.example/methods/harvest-jury"
    assert graph["og:description"].startswith("Twelve people drawn by lottery")


def test_an_error_is_problem_details_for_those_who_ask_for_them_by_name(
    client: FlaskClient,
) -> None:
    accept = {"Accept": "application/problem+json, application/json"}
    response = client.get("/api/v1/methods/nothing", headers=accept)
    assert response.content_type == "application/problem+json"
    body = response.get_json()
    assert (body["type"], body["status"], body["title"]) == ("about:blank", 404, "Page not found")
    plain = client.get("/api/v1/methods/nothing", headers={"Accept": "*/*"})
    assert plain.content_type == "application/json"
    assert list(plain.get_json()) == ["error"]
