r"""Says where the links of a text lead: to a page of this site, to another site, or nowhere.

Some look like paths of this site and lead to another one: browsers take `//host`, `/\host` and `https:/host` for
other sites in different ways.
"""

from __future__ import annotations

import html
import re
from collections.abc import Container, Iterator, Mapping, Set
from urllib.parse import unquote

from catalogue.model.problems import Problem, nearest, shown
from catalogue.model.slugs import SLUG, proposed_slug
from catalogue.rendering.anchors import SECTION_IDS
from catalogue.urls import PATHS
from catalogue.vocabulary import VOCABULARY

# Characters that browsers remove from a URL before they parse it.
_REMOVED = re.compile(r"[\t\n\r]|^[\x00-\x20]+")
_SCHEME = re.compile(r"https?:", re.IGNORECASE)
_ABSOLUTE = re.compile(r"https?://[^/\\?#\s]", re.IGNORECASE)
# URLs in Markdown and HTML: [text](URL), [text]: URL, <a href=URL>.
_HREFS = re.compile(
    r"\]\([ \t\n]*<?(?P<inline>[^)>\n]*)"
    r"|^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*\n?[ \t]*<?(?P<reference>[^\s>]+)"
    r"|\bhref\s*=\s*[\"']?(?P<html>[^\"'>\n]*)",
    re.MULTILINE | re.IGNORECASE,
)
# The file of another method, from the folder of methods; what GitHub and our pages both lead to.
_METHOD = re.compile(r"(?:\./|\.\./methods/)?(?P<slug>[^/:#?]{1,100})\.md(?:#(?P<fragment>.*))?")
_TOPICS = [PATHS.purpose(option.value) for option in VOCABULARY.facets["purpose"].options]
_TOPICS += [PATHS.audience(option.value) for option in VOCABULARY.facets["audience"].options]
_PAGES = frozenset(
    (PATHS.home, PATHS.methods, PATHS.cases, PATHS.guides, PATHS.rules, PATHS.before_you_choose, PATHS.glossary, PATHS.about, PATHS.quality,
     PATHS.contributors, PATHS.contribute, PATHS.contribute_new, PATHS.contribute_use, PATHS.contribute_check, PATHS.uses, PATHS.handbook, PATHS.api, PATHS.openapi,
     PATHS.schema, *_TOPICS)
)  # fmt: skip
# Below these each slug has a page.
_FOLDERS = (PATHS.methods, PATHS.guides, PATHS.rules)
# What ends the names of files, and no host.
_FILES = re.compile(
    r"\.(?:html?|md|pdf|docx?|odt|xlsx?|pptx?|csv|txt|png|jpe?g|gif|svg|zip)$", re.IGNORECASE
)
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@/]+@[^\s@/]+\.[a-z]{2,24}", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


# A link to the page of a method, as stored HTML has it.
_METHOD_LINK = re.compile(
    rf'<a (?:[a-z]+="[^"]*" )*href="{PATHS.method("")}([^"/?#]+)[^"]*"[^>]*>(.*?)</a>', re.DOTALL
)


def unlink_methods(stored: str, slugs: Container[str]) -> str:
    """Return stored HTML in which links to methods other than `slugs` are plain text."""
    return _METHOD_LINK.sub(lambda link: link[0] if link[1] in slugs else link[2], stored)


def leaves_unseen(href: str) -> bool:
    """Whether an href, as a browser gets it, leads to another site without being an absolute URL."""
    read = _REMOVED.sub("", href)
    if _SCHEME.match(read):
        return not _ABSOLUTE.match(read)
    return read.replace("\\", "/").startswith("//")


def resolved(href: str) -> str | None:
    """Return the href that a link of a text has on a page, without a prefix; None if it would lead nowhere.

    What stands behind # names a heading as GitHub does, or as the page does; whether it is there is not looked at.
    """
    href = href.strip()
    if leaves_unseen(href):
        return None
    if _ABSOLUTE.match(href) or href.lower().startswith("mailto:"):
        return href
    if href.startswith("#"):
        return _fragment(href[1:]) if len(href) > 1 else None
    if method := _METHOD.fullmatch(href):
        return PATHS.method(method["slug"]) + _fragment(method["fragment"] or "")
    path = href.partition("#")[0].partition("?")[0]
    folder, _, slug = path.rpartition("/")
    return href if path in _PAGES or (folder in _FOLDERS and SLUG.fullmatch(slug)) else None


def _fragment(name: str) -> str:
    return f"#{SECTION_IDS.get(name, name)}" if name else ""


def target_problem(path: str, href: str, line: int, ids: Mapping[str, Set[str]]) -> Problem | None:
    """Return the problem of a link that leads nowhere from the page of a method.

    `ids` are those of the pages that are known, by path; "" is the page itself.
    """
    found = unquote(href)
    target = resolved(href)
    page, _, place = unquote(target or "").partition("#")
    if place and page in ids and place not in ids[page]:
        near = nearest(place, sorted(ids[page]), 0)
        values = {"found": shown(found), "near": f"{page}#{near}"}
        return Problem("link-nowhere", path, line, 1, values, "heading")
    if target or leaves_unseen(href):
        return None
    folder, _, name = re.split(r"[?#]", found)[0].rstrip("/").rpartition("/")
    host = found.partition("/")[0]
    slug = proposed_slug(name.removesuffix(".md"))
    if _MAIL.fullmatch(found):
        variant = "mail"
    elif _HOST.fullmatch(host) and ("/" in found or not _FILES.search(host)):
        variant = "site"
    elif folder.strip("./") in ("", "methods") and name and _FILES.sub("", name).lower() == slug:
        variant = "method"
    else:
        variant = ""
    return Problem(
        "link-nowhere", path, line, 1, {"found": shown(found), "better": f"{slug}.md"}, variant
    )


def link_problems(path: str, text: str, first_line: int) -> Iterator[Problem]:
    """Yield the links of a Markdown text that lead away unseen; `first_line` is the line on which it begins."""
    for match in _HREFS.finditer(text):
        kind = match.lastgroup or ""
        written = match[kind].strip()
        decoded = html.unescape(written)
        if leaves_unseen(decoded) or leaves_unseen(_ESCAPED.sub(r"\1", decoded)):
            start = match.start(kind)
            line = first_line + text.count("\n", 0, start)
            column = start - (text.rfind("\n", 0, start) + 1) + 1
            yield Problem("link-address", path, line, column, {"found": shown(written)})
