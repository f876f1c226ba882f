"""Tests of the pages of guides and rules, and of what other pages say of them."""

from __future__ import annotations

import logging
from dataclasses import replace
from urllib.parse import urldefrag

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from catalogue.model.guides import Guide, Rule
from catalogue.validation import guides as reader
from catalogue.validation.guides import Guidance, load_guidance
from catalogue.web import create_app, guidance_context
from catalogue.web.views import guidance
from tests.support.page import PageClient
from tests.support.reading import texts, words

pytest_plugins = ["tests.support.real_site"]

GUIDANCE = load_guidance()
EACH_GUIDE = pytest.mark.parametrize("guide", GUIDANCE.guides, ids=lambda guide: guide.slug)
EACH_RULE = pytest.mark.parametrize("rule", GUIDANCE.rules, ids=lambda rule: rule.slug)


@pytest.fixture(scope="module")
def real(real_app: Flask) -> PageClient:
    return PageClient(real_app)


def below(app: Flask, **settings: str) -> PageClient:
    """Return a client of the same site with other settings."""
    return PageClient(create_app(replace(app.extensions["catalogue"].settings, **settings)))


def links(soup: BeautifulSoup, selector: str) -> list[str]:
    return [str(link["href"]) for link in soup.select(selector)]


def inner(soup: BeautifulSoup) -> set[str]:
    """Return the addresses of this site that a page links to, without fragments."""
    return {
        url for link in soup.select("a[href^='/']") if (url := urldefrag(str(link["href"])).url)
    }


@EACH_GUIDE
def test_every_guide_has_a_page_with_its_text_its_methods_and_its_sources(
    real: PageClient, guide: Guide
) -> None:
    soup = real.get(f"/working-with/{guide.slug}")
    assert words(soup.h1) == guide.title
    assert texts(soup, "main h2")[:4] == [heading for heading, _ in guide.sections]
    listed = [str(a["href"]) for a in soup.select(".related__list a")]
    assert listed == [f"/methods/{method.slug}" for method in guide.methods]
    assert texts(soup, ".related__summary") == [method.how for method in guide.methods]
    assert len(soup.select(".sources li")) == len(guide.sources)
    assert links(soup, ".sources a") == [source.url for source in guide.sources if source.url]
    assert "Nobody concerned has read this guide yet." in words(soup.main)


@EACH_RULE
def test_every_rule_has_a_page_that_says_where_when_and_that_it_is_no_advice(
    real: PageClient, rule: Rule
) -> None:
    soup = real.get(f"/rules/{rule.slug}")
    assert words(soup.h1) == rule.title
    assert texts(soup, "main h2")[:3] == [heading for heading, _ in rule.sections]
    assert texts(soup, ".rule-facts dt") == [
        "Where", "Who must keep it", "Official text", "As of",
    ]  # fmt: skip
    assert links(soup, ".rule-facts a") == [rule.official.url]
    assert "28 November 2026" in texts(soup, ".rule-facts dd")[-1]
    assert texts(soup, ".govuk-inset-text")[0].startswith("This is not legal advice. ")
    listed = [link.removeprefix("/methods/") for link in links(soup, ".related__list a")]
    assert tuple(listed[: len(rule.touches.methods)]) == rule.touches.methods
    assert (len(listed) == len(rule.touches.methods)) or not rule.touches.every_method
    assert ("It touches every method" in words(soup.main)) is rule.touches.every_method


def test_a_rule_and_a_method_name_each_other(real: PageClient) -> None:
    every = {f"/rules/{rule.slug}" for rule in GUIDANCE.rules if rule.touches.every_method}
    assert every == {"/rules/uk-gdpr", "/rules/public-sector-equality-duty"}
    for method in ("citizens-assembly", "street-stall", "tenant-management"):
        named = set(links(real.get(f"/methods/{method}"), ".law a"))
        assert every <= named
        for rule in GUIDANCE.rules:
            if not rule.touches.every_method:
                back = links(real.get(f"/rules/{rule.slug}"), ".related__list a")
                assert (f"/methods/{method}" in back) is (f"/rules/{rule.slug}" in named)


def test_the_nhs_duty_is_not_listed_where_voters_or_tenants_decide(real: PageClient) -> None:
    for method in ("referendum", "tenant-management"):
        assert "/rules/nhs-duty-to-involve" not in links(real.get(f"/methods/{method}"), ".law a")
    assert "/rules/nhs-duty-to-involve" in links(real.get("/methods/focus-group"), ".law a")


def test_every_link_of_the_guides_and_rules_inside_the_site_leads_somewhere(
    real: PageClient, real_app: Flask
) -> None:
    pages = [f"/working-with/{guide.slug}" for guide in GUIDANCE.guides]
    pages += [f"/rules/{rule.slug}" for rule in GUIDANCE.rules]
    wanted = set().union(*(inner(real.get(page)) for page in ("/working-with", "/rules", *pages)))
    assert set(pages) <= wanted
    client = real_app.test_client()
    assert [url for url in sorted(wanted) if client.get(url).status_code != 200] == []


def test_the_lists_have_every_guide_and_every_rule_from_a_to_z(real: PageClient) -> None:
    guides = links(real.get("/working-with"), "main .related__list a")
    assert guides == [f"/working-with/{guide.slug}" for guide in GUIDANCE.guides]
    rules = links(real.get("/rules"), "main .related__list a")
    assert rules == [f"/rules/{rule.slug}" for rule in GUIDANCE.rules]


@pytest.mark.parametrize(
    "country", ["england", "wales", "scotland", "northern-ireland", "eu", "us"]
)
def test_the_rules_of_the_hosts_country_come_first_and_none_is_hidden(
    real_app: Flask, country: str
) -> None:
    client = below(real_app, country=country)
    slugs = [link.removeprefix("/rules/") for link in links(client.get("/rules"), "main li a")]
    by_slug = {rule.slug: rule for rule in GUIDANCE.rules}
    assert sorted(slugs) == sorted(by_slug)
    holding = [by_slug[slug].holds_in(country) for slug in slugs]
    assert any(holding)
    assert holding == sorted(holding, reverse=True)
    box = links(client.get("/methods/public-meeting"), ".law a")
    here = [by_slug[link.removeprefix("/rules/")].holds_in(country) for link in box]
    assert here == sorted(here, reverse=True)
    everywhere = links(PageClient(real_app).get("/methods/public-meeting"), ".law a")
    assert sorted(box) == sorted(everywhere)


@pytest.mark.parametrize("address", ["/working-with/zzz", "/rules/zzz", "/rules/../rules/zzz"])
def test_an_unknown_guide_or_rule_is_not_found(page: PageClient, address: str) -> None:
    page.get(address, status=404)


def test_a_method_page_folds_its_rules_and_lists_the_guides_that_name_it(real: PageClient) -> None:
    soup = real.get("/methods/focus-group")
    (box,) = soup.select(".law details")
    assert "open" not in box.attrs
    rules = [rule for rule in GUIDANCE.rules if "focus-group" in rule.touches.methods]
    assert rules
    assert {f"/rules/{rule.slug}" for rule in rules} <= set(links(soup, ".law a"))
    named = [g for g in GUIDANCE.guides if g.adaptation("focus-group")]
    part = "section[aria-labelledby=working-with]"
    assert links(soup, f"{part} a") == [f"/working-with/{guide.slug}" for guide in named]
    assert texts(soup, f"{part} .related__summary") == [g.adaptation("focus-group") for g in named]


def test_an_audience_page_leads_to_the_guides_of_people_among_it(real: PageClient) -> None:
    for audience in ("seldom-heard", "young-people", "experts"):
        guides = [guide for guide in GUIDANCE.guides if audience in guide.audience]
        soup = real.get(f"/audiences/{audience}")
        assert links(soup, ".guide-links a") == [f"/working-with/{g.slug}" for g in guides]


@pytest.mark.parametrize("address", ["/", "/methods", "/about"])
def test_every_page_leads_to_the_guides_and_the_law(page: PageClient, address: str) -> None:
    assert {"/working-with", "/rules"} <= set(links(page.get(address), "footer a"))


def test_before_you_choose_leads_to_the_law_and_the_guides(page: PageClient) -> None:
    found = links(page.get("/before-you-choose"), ".prose a")
    assert {"/rules", "/working-with"} <= set(found)


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("autism", "/working-with/autistic-people"),
        ("probation", "/working-with/people-in-prison-and-on-probation"),
        ("GDPR", "/rules/uk-gdpr"),
        ("Gunning", "/rules/gunning-principles"),
    ],
)
def test_a_search_shows_the_guide_above_its_results_even_if_no_method_matches(
    page: PageClient, typed: str, link: str
) -> None:
    soup = page.get(f"/methods?q={typed}")
    assert words(soup.select_one(".results__count")) == f"0 methods for “{typed}”"
    assert links(soup, ".guidance a") == [link]
    assert "We searched for" not in words(soup.main)


def test_without_a_matching_method_those_of_the_guide_stand_with_their_adaptation(
    real: PageClient,
) -> None:
    soup = real.get("/methods?q=autism&cost=free&cost=unknown&level=empower&purpose=inform")
    (guide,) = (g for g in GUIDANCE.guides if g.slug == "autistic-people")
    assert links(soup, ".nothing .related__list a") == [
        f"/methods/{method.slug}" for method in guide.methods
    ]
    assert texts(soup, ".nothing .related__summary") == [method.how for method in guide.methods]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("probation village",
         ["No method page uses the word probation; what stands above is about it."]),
        ("probation village zyxw",
         ["No method page uses the word probation; what stands above is about it.",
          "No method mentions: zyxw. The other words are searched for."]),
        ("village zyxw", ["No method mentions: zyxw. The other words are searched for."]),
    ],
)  # fmt: skip
def test_a_word_that_no_method_has_but_a_guide_above_is_said_so(
    page: PageClient, typed: str, said: list[str]
) -> None:
    assert texts(page.get(f"/methods?q={typed}"), ".notices p") == said


@pytest.mark.parametrize("query", ["", "?q=harvest", "?purpose=inform", "?q=%3Cb%3E"])
def test_a_search_that_names_no_guide_shows_none(page: PageClient, query: str) -> None:
    assert page.get(f"/methods{query}").select(".guidance") == []


def test_below_a_prefix_every_link_of_guides_and_rules_has_it(app: Flask) -> None:
    client = below(app, site_url="https://council.example/participation")
    pages = ["/working-with", "/working-with/autistic-people", "/rules", "/rules/uk-gdpr"]
    for page in (*pages, "/methods?q=autism", "/audiences/seldom-heard", "/before-you-choose"):
        soup = client.get(f"/participation{page}")
        outside = [url for url in inner(soup) if not f"{url}/".startswith("/participation/")]
        assert outside == []
    assert links(client.get("/participation/methods?q=autism"), ".guidance a") == [
        "/participation/working-with/autistic-people"
    ]


def test_a_method_that_is_not_in_the_build_is_named_without_a_link(page: PageClient) -> None:
    soup = page.get("/working-with/autistic-people")
    assert links(soup, ".related__list a") == []
    assert words(soup.select_one(".related__list li")).startswith("Depth interview")


def test_links_to_change_a_guide_lead_to_its_file(app: Flask) -> None:
    client = below(app, repository_url="https://github.com/example/catalogue")
    soup = client.get("/working-with/veterans")
    change, report = links(soup, ".change__links a")
    assert change == ("https://github.com/example/catalogue/edit/main/texts/groups/veterans.md")
    assert report.startswith("https://github.com/example/catalogue/issues/new")


def test_people_who_have_read_a_guide_are_named(
    cold_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = Guide(**{**vars(GUIDANCE.guides[0]), "read_by": ("A group of autistic people",)})
    monkeypatch.setattr(guidance, "load_guidance", lambda: Guidance((guide,), (), ()))
    soup = PageClient(cold_app).get(f"/working-with/{guide.slug}")
    assert texts(soup, ".govuk-inset-text") == [
        "Read by people concerned: A group of autistic people."
    ]


def test_a_damaged_guide_is_left_out_and_the_log_says_why(
    cold_app: Flask,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    (folder / "rules").mkdir()
    (folder / "rules" / "odd.md").write_text("---\ntitle: [\n", encoding="utf-8")
    with caplog.at_level(logging.ERROR, logger="catalogue"):
        damaged = reader.load_guidance(folder)
    assert f"{folder.name}/rules/odd.md:" in caplog.text
    for module in (guidance, guidance_context):
        monkeypatch.setattr(module, "load_guidance", lambda: damaged)
    client = PageClient(cold_app)
    client.get("/rules/odd", status=404)
    assert client.get("/rules").select("main .related__list a") == []
    assert client.get("/methods/harvest-jury").select(".law") == []
