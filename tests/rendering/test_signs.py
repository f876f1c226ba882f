"""Tests of the signs for "our estimate" and "undated": what they stand for, and that the words are still heard."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from catalogue.rendering.signs import signs_in, text_with_signs, with_signs
from tests.support.page import PageClient
from tests.support.reading import words

pytest_plugins = ["tests.support.real_site"]


def seen(html: str) -> str:
    """Return what a sighted reader sees."""
    soup = BeautifulSoup(html, "html.parser")
    for hidden in soup.select(".govuk-visually-hidden"):
        hidden.decompose()
    return soup.get_text()


def heard(html: str) -> str:
    """Return what a screen reader reads out."""
    soup = BeautifulSoup(html, "html.parser")
    for sign in soup.select("[aria-hidden]"):
        sign.decompose()
    return soup.get_text()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("about £500 (our estimate).", "about £500≈."),
        ("our estimate", "≈"),
        ("Our estimate; longer in winter", "≈ longer in winter"),
        ("three half days; our estimate", "three half days≈"),
        ("(half a day, our estimate), then", "(half a day≈), then"),
        ("short (Involve, undated).", "short (Involve†)."),
        ("Mozilla (undated) suggests 3", "Mozilla† suggests 3"),
        ("Involve's cost page, undated; a table", "Involve's cost page†; a table"),
        ("£5 (our estimate) to £9 (Ketso, undated)", "£5≈ to £9 (Ketso†)"),
        ("the upper figure is our estimate", "the upper figure is our estimate"),
        ("our estimate covers venues", "our estimate covers venues"),
        ("an undated page", "an undated page"),
        ("it is undatedly so, undatedly", "it is undatedly so, undatedly"),
    ],
)
def test_the_words_are_a_sign_to_the_eye_and_words_to_the_ear(text: str, shown: str) -> None:
    html = str(text_with_signs(text))
    assert seen(html) == shown
    assert heard(html) == text


def test_nothing_inside_a_tag_is_touched() -> None:
    html = '<a href="https://x.example/a(our estimate), undated">a</a>'
    assert with_signs(html) == html


def test_a_text_is_made_safe_before_it_gets_signs() -> None:
    assert "<b>" not in str(text_with_signs("<b>x</b> (undated)"))


def test_the_legend_names_the_signs_that_are_there() -> None:
    assert [sign.sign for sign in signs_in(["a (undated)", "b"])] == ["†"]
    assert [sign.sign for sign in signs_in(["<p>a; our estimate</p>"])] == ["≈"]
    assert signs_in(["a", ""]) == []


def test_a_method_page_shows_signs_with_a_legend_and_the_data_keeps_its_words(
    real_app: Flask,
) -> None:
    site = PageClient(real_app)
    soup = site.get("/methods/citizens-panel")
    legend = words(soup.select_one(".legend"))
    assert legend == "Signs on this page: ≈ our estimate; † the source has no date."
    shown = seen(str(soup.select_one(".method__text")))
    assert "≈" in shown
    assert not re.search(r"\(our estimate\)|\(undated\)|, undated\b", shown)
    found = site.client.get("/api/v1/methods/citizens-panel").get_json()
    texts = " ".join(section["html"] for section in found["sections"])
    assert "our estimate" in texts
    assert "≈" not in texts
