"""Contributed Markdown becomes ordinary prose and nothing that could run, load or mislead."""

from __future__ import annotations

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from catalogue.build.documents import make_entry
from catalogue.model.method import Method, Section
from catalogue.rendering.markdown import to_html, to_lines
from catalogue.search.snapshot import Snapshot
from tests.support.search_helpers import tries

TAGS = {"p", "ul", "ol", "li", "strong", "em", "del", "a", "blockquote", "code", "pre", "br", "hr",
        "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
SCHEMES = ("http", "https", "mailto")
ATTRIBUTES = {"a": {"href", "title", "rel", "class"}, "th": {"scope"}, "ol": {"start"},
              **{f"h{level}": {"id"} for level in range(3, 7)}}  # fmt: skip

VECTORS = {
    "script": "<script>alert(1)</script>",
    "script in capitals": "<ScRiPt>alert(1)</sCrIpT>",
    "script with an address": '<script src="https://example.org/x.js"></script>',
    "script cut in two": "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "script unclosed": "<script>alert(1)",
    "script after a null": "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "script in a code fence": "```\n<script>alert(1)</script>\n```",
    "script in indented code": "    <script>alert(1)</script>",
    "handler": '<p onclick="alert(1)">text</p>',
    "handler in capitals": "<strong ONMOUSEOVER=alert(1)>text</strong>",
    "handler after a slash": "<em/onfocus=alert(1)/autofocus>text</em>",
    "handler on a link": '<a href="https://example.org" onclick="alert(1)">text</a>',
    "javascript link": "[text](javascript:alert(1))",
    "javascript link in capitals": "[text](JaVaScRiPt:alert(1))",
    "javascript link with a space": "[text]( javascript:alert(1))",
    "javascript link with a tab": '<a href="java\tscript:alert(1)">text</a>',
    "javascript link with a tab as entity": '<a href="java&#9;script:alert(1)">text</a>',
    "javascript link with a named tab": "[text](java&Tab;script:alert(1))",
    "javascript link with a newline": '<a href="java\nscript:alert(1)">text</a>',
    "javascript link after a control": '<a href="\x01javascript:alert(1)">text</a>',
    "javascript link as entities": "[text](&#106;avascript&#58;alert&#40;1&#41;)",
    "javascript link as hex entities": '<a href="&#x6A;avascript:alert(1)">text</a>',
    "javascript link with a named colon": '<a href="javascript&colon;alert(1)">text</a>',
    "javascript as an autolink": "<javascript:alert(1)>",
    "javascript by reference": "[text][x]\n\n[x]: javascript:alert(1)",
    "javascript with a method's ending": "[text](javascript:alert(1).md)",
    "vbscript link": "[text](vbscript:msgbox(1))",
    "data link": "[text](data:text/html;base64,PHNjcmlwdD4=)",
    "data link in HTML": '<a href="data:text/html,<script>alert(1)</script>">text</a>',
    "file link": "[text](file:///etc/passwd)",
    "quotation mark in a link": '[text](https://example.org/"onmouseover="alert(1))',
    "quotation mark in a title": "[text](https://example.org 'a\"onmouseover=\"alert(1)')",
    "quotation mark in a method link": '[text](x"onclick="alert(1).md)',
    "image": "![text](https://example.org/x.png)",
    "image with a handler": "<img src=x onerror=alert(1)>",
    "image without a space": "<img/src=x/onerror=alert(1)>",
    "image of javascript": "![text](javascript:alert(1))",
    "image by reference": "![text][x]\n\n[x]: data:image/png;base64,AAAA",
    "svg": "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "svg link": '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    "math": '<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>',
    "noscript": '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "iframe": '<iframe src="https://example.org"></iframe>',
    "iframe of a document": '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "object": '<object data="x.swf"></object><embed src="x.swf">',
    "form": '<form action="https://example.org"><input name=q><button formaction=x>b</button></form>',
    "base": '<base href="https://example.org/">',
    "meta refresh": '<meta http-equiv="refresh" content="0;url=https://example.org">',
    "stylesheet": '<link rel="stylesheet" href="https://example.org/x.css">',
    "style element": "<style>body{background:url(https://example.org)}</style>",
    "style attribute": '<p style="position:fixed;inset:0">text</p>',
    "class and id": '<p class="x" id="main">text</p>',
    "video": '<video autoplay src="https://example.org/x.mp4"></video>',
    "details": "<details open ontoggle=alert(1)>text</details>",
    "template": "<template><script>alert(1)</script></template>",
    "comment": "<!-- <img src=x onerror=alert(1)> --><!--><img src=x onerror=alert(1)>",
    "processing instruction": "<?xml-stylesheet href='javascript:alert(1)'?>",
    "table cell": "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "heading": "### <img src=x onerror=alert(1)>",
    "autolink": "<https://example.org/?<script>alert(1)</script>>",
    "unclosed tag": "text <a href='javascript:alert(1)'",
    "nested brackets": "[a [b](javascript:alert(1)) c](javascript:alert(2))",
}  # fmt: skip


def faults(html: str) -> list[str]:
    """Return what a browser would find in this HTML that ordinary prose does not have."""
    found = []
    for tag in BeautifulSoup(html, "html5lib").body.find_all(True):
        if tag.name not in TAGS:
            found.append(f"<{tag.name}>")
        found += [
            f"{tag.name} {name}" for name in tag.attrs if name not in ATTRIBUTES.get(tag.name, ())
        ]
        # As browsers read an address: controls and spaces go at its ends, tabs and newlines within.
        address = re.sub(r"^[\x00-\x20]+|[\t\n\r]", "", tag.get("href") or "").lower()
        scheme = re.match(r"([a-z][a-z0-9+.-]*):", address)
        if scheme and scheme[1] not in SCHEMES:
            found.append(f"address {address}")
    return found


@pytest.mark.parametrize("text", VECTORS.values(), ids=VECTORS)
def test_an_attack_leaves_nothing_but_prose(text: str) -> None:
    assert faults(to_html(text)) == []


@pytest.fixture(scope="session")
def harvest_jury(snapshot: Snapshot) -> Method:
    page = snapshot.page("harvest-jury")
    assert page is not None
    return page.method


@pytest.mark.parametrize("text", VECTORS.values(), ids=VECTORS)
def test_what_is_stored_of_an_attack_is_prose_too(text: str, harvest_jury: Method) -> None:
    attacked = replace(harvest_jury, sections=(Section("what-it-is", text), Section("x", text)))
    entry = make_entry(attacked, "digest")
    assert [faults(html) for _, html in entry.sections] == [[], []]


@tries(150)
@given(
    st.text(
        alphabet=st.sampled_from("<>/=\"'&;:()[]!#`*_ \n\tjavscriptonerhmgd.0x\x00"), max_size=60
    )
)
def test_no_mix_of_marks_leaves_anything_but_prose(text: str) -> None:  # fmt: skip
    assert faults(to_html(text)) == []


@tries(100)
@given(st.text(max_size=200))
def test_any_text_can_be_rendered_and_read_back(text: str) -> None:
    html = to_html(text)
    assert faults(html) == []
    assert all(line == " ".join(line.split()) != "" for line in to_lines(html))


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("[x](harvest-jury.md)", "/methods/harvest-jury"),
        ("[x](./harvest-jury.md)", "/methods/harvest-jury"),
        ("[x](harvest-jury.md#what-it-costs)", "/methods/harvest-jury#what-it-costs"),
        ("[**x**](harvest-jury.md)", "/methods/harvest-jury"),
        ("[x](https://example.org/page.md)", "https://example.org/page.md"),
        ("[x](https://example.org/?a=1&b=2)", "https://example.org/?a=1&b=2"),
        ("[x](mailto:a@example.org)", "mailto:a@example.org"),
        ("[x](/about)", "/about"),
        ("<https://example.org>", "https://example.org"),
    ],
)
def test_links_to_method_files_lead_to_their_pages_and_others_stay(text: str, address: str) -> None:
    links = BeautifulSoup(to_html(text), "html5lib").select("a")
    assert [link["href"] for link in links] == [address]
    assert links[0]["rel"] == ["noopener", "noreferrer"]


def test_all_method_links_of_a_line_are_rewritten() -> None:
    html = to_html("[a](one.md), [b](two.md) and `code`")
    links = BeautifulSoup(html, "html5lib").select("a")
    assert [link["href"] for link in links] == ["/methods/one", "/methods/two"]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("**bold** and *soft*", "<p><strong>bold</strong> and <em>soft</em></p>", id="emphasis"),
        pytest.param('"quoted" -- it\'s', "<p>“quoted” – it’s</p>", id="typography"),
        pytest.param("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>", id="list"),
        pytest.param("3. one", '<ol start="3">\n<li>one</li>\n</ol>', id="steps from three"),
        pytest.param("### Part", '<h3 id="part">Part</h3>', id="subheading"),
        pytest.param("# Part", '<h3 id="part">Part</h3>', id="heading of the page"),
        pytest.param("> said", "<blockquote>\n<p>said</p>\n</blockquote>", id="quotation"),
        pytest.param("a < b & c", "<p>a &lt; b &amp; c</p>", id="signs"),
        pytest.param("<b>x</b> <u>y</u>", "<p>x y</p>", id="other HTML"),
        pytest.param("", "", id="nothing"),
    ],
)  # fmt: skip
def test_plain_markdown_becomes_plain_html(text: str, html: str) -> None:
    assert to_html(text).strip() == html


def test_a_table_keeps_its_cells() -> None:
    table = BeautifulSoup(to_html("| a | b |\n|---|---|\n| 1 | 2 |"), "html5lib")
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in table.select("tr")]
    assert rows == [["a", "b"], ["1", "2"]]


def test_a_reference_of_one_text_is_not_known_in_the_next() -> None:
    to_html("[x][secret]\n\n[secret]: https://example.org")
    assert to_html("[x][secret]").strip() == "<p>[x][secret]</p>"


def test_threads_render_side_by_side() -> None:
    texts = [f"**part {n}**\n\n[x][r{n}]\n\n[r{n}]: https://example.org/{n}" for n in range(100)]
    one_by_one = [to_html(text) for text in texts]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(to_html, texts)) == one_by_one
    finally:
        sys.setswitchinterval(interval)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("One\nline.\n\nTwo.", ["One line.", "Two."], id="wrapped paragraph"),
        pytest.param("Listen to **people**, then *act*.", ["Listen to people, then act."], id="bold"),
        pytest.param("semi**bold**", ["semibold"], id="half a word bold"),
        pytest.param("- one\n- two\n    - three", ["one", "two", "three"], id="list in a list"),
        pytest.param("| a | b |\n|---|---|\n| 1 | 2 |", ["a b", "1 2"], id="table row"),
        pytest.param("<table><tr><td>1</td><td>2</td></tr></table>", ["1 2"], id="cells in one line"),
        pytest.param("### Part\n\ntext", ["Part", "text"], id="heading"),
        pytest.param("a < b & c", ["a < b & c"], id="signs"),
        pytest.param('[x](https://example.org "a > b") y', ["x y"], id="link with a title"),
        pytest.param("one  \ntwo", ["one", "two"], id="line break"),
        pytest.param("", [], id="nothing"),
    ],
)  # fmt: skip
def test_plain_text_has_one_line_for_each_block(text: str, lines: list[str]) -> None:
    assert to_lines(to_html(text)) == lines
