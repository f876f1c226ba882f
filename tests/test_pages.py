"""The pages people see: what stands on each, and how they link to each other."""

from __future__ import annotations

from tests.page import PageClient


def test_every_page_is_well_made(page: PageClient) -> None:
    for address in ("/", "/methods", "/methods?q=village&purpose=inform", "/methods/harvest-jury", "/about"):
        page.get(address)
    page.get("/methods/harvest-juri", status=404)
