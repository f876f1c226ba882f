"""Files as strangers send them: of other programs, in other encodings, broken in odd ways.

Each is made here, because most could not lie in a repository: line ends, encodings, pipes and links
do not survive there. `make_strangers` writes them all into one folder.
"""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Callable
from pathlib import Path

from tests.support.method_text import BODY, method_text

GOOD = method_text()
LONGEST = 29_000


def front(facts: str, body: str = BODY) -> str:
    """Return a file with just these facts."""
    return f"---\n{facts}\n---\n\n{body}"


def within(text: str) -> str:
    """Return a good file with another text under its first heading."""
    return method_text(body=BODY.replace("It is so.", text, 1))


def blocks(sign: str) -> str:
    """Return a good file full of a sign, in blocks that are each just short enough."""
    block = sign * (3_900 // len(sign))
    return within("\n\n".join([block] * ((LONGEST - 1_000) // len(block))))


LAUGHS = "\n".join(
    ['a: &a ["ha", "ha"]']
    + [
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
)
PARTICIPEDIA = (
    "# Fishbowl\n\n| Field | Value |\n|---|---|\n| Type of method | Deliberative |\n"
    "| Number of participants | Medium |\n\n## Problems and Purpose\n\nText.\n"
)
WORD_HTML = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator '
    'content="Microsoft Word 15"></head><body><p class=MsoNormal>Citizens&rsquo; jury</p></body></html>\n'
)

TEXTS: dict[str, str] = {
    "jekyll": front(
        'layout: post\ntitle:  "Fishbowl talks"\ndate:   2019-03-04 10:00:00 +0000\n'
        "categories: methods talk\n", "We sat in a circle.\n"),
    "hugo-toml": '+++\ntitle = "Fishbowl"\ndate = 2019-03-04\ntags = ["talk"]\n+++\n\nText.\n',
    "hugo-json": '{\n  "title": "Fishbowl",\n  "draft": false\n}\n\nText.\n',
    "docusaurus": front("id: fishbowl\ntitle: Fishbowl\nsidebar_label: Fishbowl\nslug: /methods/fishbowl",
                        "import Tabs from '@theme/Tabs';\n\n<Tabs />\n"),
    "obsidian": front("aliases: [Fish bowl]\ntags: [method/talk]\nrelated: [[World Café]]",
                      "See [[World Café|the café]] and ![[circle.png]].\n"),
    "mkdocs": "title: Fishbowl\nauthors: A. Person\n\n# Fishbowl\n\n!!! note\n    Bring chairs.\n",
    "participedia": PARTICIPEDIA,
    "wikipedia": "{{Infobox method\n| name = Fishbowl\n}}\n'''Fishbowl''' is a [[conversation]].\n",
    "html-page": f"<!DOCTYPE html>\n{WORD_HTML}",
    "word-html": WORD_HTML,
    "html-inside": within("<div class='box'><script>alert(1)</script><b>Bold</b></div>"),
    "windows-line-ends": GOOD.replace("\n", "\r\n"),
    "mac-line-ends": GOOD.replace("\n", "\r"),
    "mixed-line-ends": GOOD.replace("\n", "\r\n", 9),
    "no-body": front('title: "No body"\nsummary: "S."\npurposes: [inform]\nsources: [{title: "T", by: "B"}]', ""),
    "only-body": BODY,
    "only-spaces": " \n\t\n",
    "only-hyphens": "---\n---\n",
    "open": "---\ntitle: Open\nsummary: It never ends\n\nText without a heading.\n",
    "deep-yaml": front("cases:" + "".join(f"\n{' ' * n}- a:" for n in range(1, 60, 2))),
    "deep-brackets": front("cases: " + "[" * 25_000),
    "billion-laughs": front(LAUGHS),
    "python-object": front("title: !!python/object/apply:os.system [echo hello]"),
    "own-tag": front("title: !include secret.yml"),
    "duplicate-keys": method_text("kind: event\nkind: process"),
    "tabs": method_text("group_size:\n\tmin: 3\n\tmax: 9"),
    "merge-key": method_text("cost:\n  <<: {basis: source}\n  band: low"),
    "many-documents": GOOD.replace("---\n\n", "---\ntitle: Two\n---\n\n", 1),
    "second-document": method_text("--- !second\nkind: event"),
    "right-to-left": method_text(title='"\u202eyruj"'),
    "arabic": method_text(title='"\u0645\u062c\u0644\u0633 \u0627\u0644\u0634\u0639\u0628"'),
    "zero-width": method_text(title='"Citizens\u200b jury"'),
    "smart-quotes": method_text(title="“Barn dance”", summary="“People dance: they talk.”"),
    "comment-only": front("# title: nothing yet"),
    "control-characters": method_text(title='"Barn\x08dance"'),
    "one-long-line": within("word " * 5_000),
    "long-title": method_text(title='"' + "long " * 5_000 + '"'),
    "long-key": front("k" * 25_000 + ": 1"),
    "unknown-fields": front("\n".join(f"f{n}: {n}" for n in range(1_500))),
    "long-list": method_text("aliases: [" + "a, " * 9_000 + "a]"),
    "faults": front("\n".join(f"f{n}: a: b" for n in range(1_500))),
    "ticks": blocks("`a"),
    "stars": blocks("*a "),
    "ampersands": blocks("&#1"),
    "quotes": blocks("> " * 30 + "a\n"),
    "cells": blocks("|a"),
    "brackets": blocks("["),
    "links": blocks("[a]("),
    "tags": blocks("<a b="),
}  # fmt: skip

BYTES: dict[str, bytes] = {
    "empty": b"",
    "bom": BOM_UTF8 + GOOD.encode(),
    "utf-16": GOOD.encode("utf-16"),
    "utf-16-be": b"\xfe\xff" + GOOD.encode("utf-16-be"),
    "utf-16-without-mark": GOOD.encode("utf-16-le"),
    "latin-1": method_text(title='"Café"').encode("latin-1"),
    "windows-1252": method_text(title='"Citizens’ jury"').encode("cp1252"),
    "nuls": GOOD.encode().replace(b"dance", b"da\0nce"),
    "five-megabytes": GOOD.encode() + b"word " * 1_000_000,
    "line-of-a-megabyte": b"x" * 1_000_000,
    "word": b"PK\x03\x04\x14\0\x06\0word/document.xml",
    "old-word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0",
    "rich-text": b"{\\rtf1\\ansi Fishbowl}",
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "half-a-character": GOOD.encode()[:-1] + b"\xc3",
}

# Names that are odd, with a good file inside.
NAMES = ("With Space.md", "CAPITALS.MD", "Café.md", "🐟bowl.md", "line\nend.md", "dots..md", "-hyphen.md",
         "under_score.md", "x.markdown", "x.md.txt", "x.md~", "no-ending", "%2e%2e.md", "'; DROP--.md")  # fmt: skip

# What is no file with text at all.
KINDS: dict[str, Callable[[Path], object]] = {
    "folder.md": lambda path: path.mkdir(),
    "pipe.md": os.mkfifo,
    "link-out.md": lambda path: path.symlink_to("/etc/hostname"),
    "link-nowhere.md": lambda path: path.symlink_to("nowhere"),
    "link-to-itself.md": lambda path: path.symlink_to(path.name),
}


def make_strangers(folder: Path) -> Path:
    """Write every strange file into a new folder, and return it."""
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.md").write_bytes(text.encode())
    for name, content in BYTES.items():
        (folder / f"{name}.md").write_bytes(content)
    for name in NAMES:
        (folder / name).write_bytes(GOOD.encode())
    for name, make in KINDS.items():
        make(folder / name)
    return folder
