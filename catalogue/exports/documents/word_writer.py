"""Writes a document as a Word file (.docx): real heading styles, numbered paragraphs, tables with a heading row."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from math import ceil

from docx import Document as new_document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt
from docx.text.paragraph import Paragraph

from catalogue.exports.archive import archive
from catalogue.exports.documents.blocks import (
    Bars,
    Document,
    Heading,
    Open,
    Points,
    Prose,
    Table,
    Text,
)
from catalogue.exports.documents.prose import Run, prose_paragraphs

A4, MARGIN, TEXT_WIDTH = (Cm(21), Cm(29.7)), Cm(2.5), Cm(16)
# Characters that a narrow column of a table has room for.
MIN_LENGTH = 12
# A drawing of weeks: the room for names, and how many columns fit beside them.
NAMES_WIDTH, MAX_COLUMNS, BAR_COLOUR = Cm(5), 20, "17695C"
FONT, FONT_SIZE = "Arial", Pt(12)
# Room between paragraphs, and above the main headings.
SPACE_AFTER, SPACE_BEFORE = Pt(6), Pt(14)
# What XML cannot hold.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Not today, so that equal documents are equal bytes.
NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def write_word(document: Document) -> bytes:
    """Return a document as the bytes of a Word file; equal documents give equal bytes."""
    word = new_document()
    _set_up(word, document)
    word.add_heading(_clean(document.title), 0)
    part = paragraph = 0
    for block in document.blocks:
        match block:
            case Heading():
                heading = word.add_heading(_clean(block.text), block.level)
                heading.paragraph_format.page_break_before = block.new_page or None
                part, paragraph = (part + 1, 0) if block.level == 1 else (part, paragraph)
            case Text():
                paragraph += block.numbered
                number = f"{part}.{paragraph}\u2003" if block.numbered else ""
                added = word.add_paragraph(number)
                # What leads to a list is not left behind at the foot of a page.
                added.paragraph_format.keep_with_next = block.text.endswith(":") or None
                _add_run(added, Run(block.text, link=block.link))
            case Open():
                added = word.add_paragraph()
                added.add_run(f"{_clean(block.label)}: ").bold = True
                added.add_run(
                    f"[{_clean(block.hint)}]"
                ).font.highlight_color = WD_COLOR_INDEX.YELLOW
            case Points():
                for point in block.points:
                    word.add_paragraph(_clean(point), "List Bullet")
            case Table():
                _add_table(word, block)
            case Bars():
                _add_bars(word, block)
            case Prose():
                for style, runs in prose_paragraphs(block.html):
                    added = word.add_paragraph(style=style)
                    for run in runs:
                        _add_run(added, run)
    written = io.BytesIO()
    word.save(written)
    with zipfile.ZipFile(written) as files:
        return archive((name, files.read(name)) for name in files.namelist())


def _set_up(word: WordDocument, document: Document) -> None:
    """Set the font of all styles, the language, and what the file says of itself."""
    for style in word.styles:
        if getattr(style, "font", None) is not None and style.font.name != "Symbol":
            style.font.name = FONT
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
    word.styles["Normal"].font.size = FONT_SIZE
    word.styles["Normal"].paragraph_format.space_after = SPACE_AFTER
    word.styles["Heading 1"].paragraph_format.space_before = SPACE_BEFORE
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), document.language)
    page = word.sections[0]
    page.page_width, page.page_height = A4
    page.left_margin = page.right_margin = MARGIN
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    page.footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    page.footer.paragraphs[0]._p.append(number)
    said = word.core_properties
    said.title, said.author = _clean(document.title)[:255], _clean(document.publisher)[:255]
    said.language, said.comments = document.language, ""
    said.created = said.modified = NO_TIME


def _add_table(word: WordDocument, block: Table) -> None:
    table = word.add_table(rows=0, cols=len(block.header), style="Table Grid")
    for n, row in enumerate((block.header, *block.rows)):
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            added = cell.paragraphs[0].add_run(_clean(text))
            added.bold, added.font.size = n == 0, Pt(10)
    table.autofit = False
    for column, width in zip(table.columns, _widths(block), strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    # Repeated on each page, and read out as headings.
    properties = table.rows[0]._tr.get_or_add_trPr()
    heading = OxmlElement("w:tblHeader")
    heading.set(qn("w:val"), "true")
    properties.append(heading)
    word.add_paragraph()


def _add_bars(word: WordDocument, block: Bars) -> None:
    """Draw weeks as a table with shaded cells: it can be edited, and its text is read out in place of a picture."""
    weeks = max(1, ceil(max(end for _, _, end in block.rows)))
    each = ceil(weeks / MAX_COLUMNS)
    count = ceil(weeks / each)
    table = word.add_table(rows=0, cols=count + 1, style="Table Grid")
    table.autofit = False
    widths = [NAMES_WIDTH, *[Length((TEXT_WIDTH - NAMES_WIDTH) // count)] * count]
    header = (block.label, *(str(n * each + 1) for n in range(count)))
    for name, start, end in ((block.label, 0.0, 0.0), *block.rows):
        cells = table.add_row().cells
        for n, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            cell.width = width
            text = _clean(name) if n == 0 else header[n] if not end else ""
            cell.paragraphs[0].add_run(text).font.size = Pt(10 if n == 0 else 7)
            if n and start < n * each and end > (n - 1) * each:
                shade = OxmlElement("w:shd")
                for key, value in (("val", "clear"), ("color", "auto"), ("fill", BAR_COLOUR)):
                    shade.set(qn(f"w:{key}"), value)
                cell._tc.get_or_add_tcPr().append(shade)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    properties = table._tbl.tblPr
    # Narrow cells have no room for the usual margins.
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "30")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = properties.find(qn("w:tblLook"))
    (look.addprevious if look is not None else properties.append)(margins)
    described = OxmlElement("w:tblDescription")
    described.set(qn("w:val"), _clean(block.described))
    properties.append(described)
    word.add_paragraph()


def _widths(block: Table) -> list[Length]:
    """Return the widths of the columns: wider where texts are longer, but no column more than five times another."""
    rows = (block.header, *block.rows)
    lengths = [max(len(row[n]) for row in rows) for n in range(len(block.header))]
    weights = [min(max(length, MIN_LENGTH), 5 * MIN_LENGTH) for length in lengths]
    # A fifth at least, so that no word of a heading is cut.
    weights = [max(weight, sum(weights) // 5) for weight in weights]
    return [Length(TEXT_WIDTH * weight // sum(weights)) for weight in weights]


def _add_run(paragraph: Paragraph, run: Run) -> None:
    text = _clean(run.text)
    if not run.link.startswith(("http://", "https://")):
        added = paragraph.add_run(text)
        added.bold, added.italic = run.bold or None, run.italic or None
        return
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(_clean(run.link), kind, is_external=True))
    added = paragraph.add_run(text)
    added.font.underline = True
    link.append(added._r)
    paragraph._p.append(link)


def _clean(text: str) -> str:
    return NOT_XML.sub("", text)
