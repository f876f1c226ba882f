"""A citation names the page, its makers, its day and its version, in the form that programs read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from catalogue.exports.citations import Citation, bibtex, plain, ris

CITED = Citation(
    slug="harvest-jury",
    title="Harvest jury",
    authors=("Ada Field", "Growers & Co"),
    site_name="The Catalogue",
    url="https://catalogue.example/methods/harvest-jury",
    version="0a1b2c3d4e",
    reviewed=date(2026, 1, 15),
)


def test_plain_text_says_all_in_a_line() -> None:
    assert plain(CITED) == (
        "Ada Field, Growers & Co. “Harvest jury.” The Catalogue, reviewed 15 January 2026, version 0a1b2c3d4e. "
        "https://catalogue.example/methods/harvest-jury. CC-BY-4.0."
    )
    assert "reviewed no date," in plain(replace(CITED, reviewed=None))


def test_bibtex_keeps_names_whole_and_escapes_what_tex_would_read() -> None:
    assert bibtex(CITED).splitlines() == [
        "@online{harvest-jury,",
        "  title = {{Harvest jury}},",
        r"  author = {{Ada Field} and {Growers \& Co}},",
        "  organization = {{The Catalogue}},",
        "  date = {2026-01-15},",
        "  year = {2026},",
        "  version = {0a1b2c3d4e},",
        "  url = {https://catalogue.example/methods/harvest-jury},",
        "  note = {Licence CC-BY-4.0},",
        "}",
    ]
    odd = bibtex(replace(CITED, title="50% {of} \\ ~ ^ #1_"))
    assert r"{{50\% \{of\} \textbackslash{} \textasciitilde{} \textasciicircum{} \#1\_}}" in odd


def test_ris_has_a_tag_on_each_line_and_ends_the_record() -> None:
    assert ris(CITED).split("\r\n") == [
        "TY  - ELEC",
        "TI  - Harvest jury",
        "AU  - Ada Field",
        "AU  - Growers & Co",
        "PB  - The Catalogue",
        "PY  - 2026",
        "DA  - 2026/01/15/",
        "ET  - 0a1b2c3d4e",
        "UR  - https://catalogue.example/methods/harvest-jury",
        "N1  - Licence CC-BY-4.0",
        "ER  - ",
        "",
    ]
