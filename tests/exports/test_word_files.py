"""Word files are as ECMA-376 asks for, so that Word opens them without a word of repair.

Word refuses properties that stand in another order than the standard's; a library that reads files forgives it.
"""

from __future__ import annotations

import io
import posixpath
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from docx import Document as open_word
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from catalogue.exports.documents.blocks import Document
from catalogue.exports.documents.committee_report import committee_report
from catalogue.exports.documents.comparison_document import comparison_document
from catalogue.exports.documents.list_document import list_document
from catalogue.exports.documents.method_document import method_document
from catalogue.exports.documents.plan_option import plan_option
from catalogue.exports.documents.report import Report
from catalogue.exports.documents.word_file import word_file
from catalogue.exports.result_lists import whole_list
from catalogue.planner.answers import COUNCIL
from catalogue.planner.steps.picked import look_up
from catalogue.search.chosen import Pick
from catalogue.search.search_request import SearchRequest
from catalogue.search.snapshot import Snapshot
from catalogue.settings import read_settings

RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# The order of the properties that our files have, of ECMA-376, part 1: 17.3.1.26, 17.3.2.28, 17.4.59, 17.4.69.
ORDERS = {
    "pPr": ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs", "spacing",
            "ind", "contextualSpacing", "jc", "outlineLvl", "rPr", "sectPr"),
    "rPr": ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "color", "spacing", "kern", "sz", "szCs", "highlight",
            "u", "vertAlign", "lang"),
    "tblPr": ("tblStyle", "tblpPr", "tblW", "jc", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook",
              "tblCaption", "tblDescription"),
    "tcPr": ("tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "vAlign"),
}  # fmt: skip


@pytest.fixture(scope="module", params=["report", "method", "list", "comparison"])
def written(request: pytest.FixtureRequest, real: Snapshot) -> bytes:
    """A Word file of each kind, of real methods."""
    return word_file(DOCUMENTS[request.param](real))


def _report(real: Snapshot) -> Document:
    picked = look_up(real, [Pick(slug, "usual") for slug in real.slugs[:12]])
    plan = plan_option(picked, {"weeks": (0.0, 40.0)}, {}, COUNCIL, True, date(2026, 11, 29))
    return committee_report(Report(plan, None, "https://x.example", "abc", "The Catalogue", "en-GB"))  # fmt: skip


def _method(real: Snapshot) -> Document:
    page = real.page("citizens-jury")
    assert page
    return method_document(real, page, read_settings({}))


DOCUMENTS: dict[str, Callable[[Snapshot], Document]] = {
    "report": _report,
    "method": _method,
    "list": lambda real: list_document(whole_list(real, SearchRequest()), "", read_settings({})),
    "comparison": lambda real: comparison_document(
        look_up(real, [Pick(slug, "usual") for slug in real.slugs[:4]]), "https://x.example", read_settings({})
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def word(written: bytes) -> WordDocument:
    """The file, read."""
    return open_word(io.BytesIO(written))


@pytest.mark.parametrize("name", ORDERS)
def test_properties_stand_in_the_order_of_the_standard(word: WordDocument, name: str) -> None:
    order = [qn(f"w:{each}") for each in ORDERS[name]]
    for properties in word.element.body.iter(qn(f"w:{name}")):
        places = [order.index(child.tag) for child in properties]
        assert all(one < other for one, other in pairwise(places)), [c.tag for c in properties]


def test_every_row_has_the_cells_of_its_table_and_every_cell_ends_in_a_paragraph(
    word: WordDocument,
) -> None:
    for table in word.element.body.iter(qn("w:tbl")):
        columns = len(table.find(qn("w:tblGrid")))
        for row in table.iter(qn("w:tr")):
            cells = row.findall(qn("w:tc"))
            assert len(cells) == columns
            assert all(cell[-1].tag == qn("w:p") for cell in cells)


def test_what_a_part_points_to_is_in_the_file_or_outside_it_and_has_a_type(written: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(written)) as files:
        names = set(files.namelist())
        types = files.read("[Content_Types].xml").decode()
        for name in names:
            ending = name.rpartition(".")[2]
            assert name == "[Content_Types].xml" or f'Extension="{ending}"' in types or f'PartName="/{name}"' in types  # fmt: skip
        for name in (each for each in names if each.endswith(".rels")):
            folder = posixpath.dirname(posixpath.dirname(name))
            for link in parse_xml(files.read(name)).iter(RELATIONSHIP):
                target = posixpath.normpath(posixpath.join(folder, link.get("Target", "")))
                assert link.get("TargetMode") == "External" or target.lstrip("/") in names


def test_starting_the_site_loads_no_writer_of_word_files() -> None:
    code = "import sys, catalogue.web; sys.exit('docx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
