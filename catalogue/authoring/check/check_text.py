"""Checks one text as if it were in the catalogue already: its problems, its page, its card; a report from practice too.

The same reader, the same checks across files and the same warnings as `catalogue check`; the other
files are not read again but remembered from the build. The web pages for contributors show it.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from catalogue.authoring.check.changes import changed_parts
from catalogue.authoring.check.similar_methods import SimilarMethod, similar_methods
from catalogue.build.documents import make_entry
from catalogue.model.method import POSSIBLE, Method, split_language
from catalogue.model.problems import Problem
from catalogue.model.sizes import runs, usual_run
from catalogue.model.slugs import NO_SLUG, RESERVED_NAMES, SLUG, file_slug, slug_of
from catalogue.search.cards import Card
from catalogue.search.snapshot import Snapshot
from catalogue.uses import reader as uses
from catalogue.validation.cross_checks import check_across
from catalogue.validation.front_matter import split_fields, split_file
from catalogue.validation.guard import guarded
from catalogue.validation.reader import MAX_BYTES, Reading, decode, name_problems, read_method_text
from catalogue.validation.style_checks import prose_problems
from catalogue.vocabulary import VOCABULARY

FOLDER = "methods"
# What no method has and every report from practice.
REPORT = re.compile(r"\A(?=[\s\S]*^method:)[\s\S]*^(?:what_happened|again|when):", re.MULTILINE)
REPORT_ENDINGS = (".yaml", ".yml")
# What every method has, and no report.
METHOD = re.compile(r"^(?:title|summary|purposes):", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """What can be said of one text: its problems, and its method as far as it could be read.

    `page` holds the sections of its page as a build would render them: (section id, safe HTML).
    `whole` if no error keeps it off the site. `replaces` is the method whose file it would change, `changes` what it would change of it, where it is whole. A `report` from
    practice has no method and no page.
    """

    slug: str
    text: str
    problems: tuple[Problem, ...]
    method: Method | None
    page: tuple[tuple[str, str], ...]
    whole: bool
    replaces: Card | None
    similar: tuple[SimilarMethod, ...]
    report: bool = False
    changes: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep it off the site."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def others(self) -> tuple[Problem, ...]:
        """Warnings and reminders."""
        return tuple(problem for problem in self.problems if problem.severity != "error")


def check_text(
    snapshot: Snapshot,
    text: str,
    slug: str = "",
    problems: list[Problem] | None = None,
    new: bool = False,
) -> Answer:
    """Check the text of a method file against all others. Never raises for what is in the text.

    `slug` is its file name; without one it is made from the title. `problems` are those already
    found with the file. A text with the file name of a method that is there counts as a change of it, unless it
    is said to be `new`; then that is a problem.
    """
    path = f"{FOLDER}/{slug or NO_SLUG}.md"
    answer, problem = guarded(path, _check_text, snapshot, text, slug, problems, new)
    return answer or _unread(slug or NO_SLUG, text, problem)


def _unread(slug: str, text: str, *problems: Problem | None) -> Answer:
    found = tuple(problem for problem in problems if problem)
    return Answer(slug, text, found, None, (), False, None, ())


def _check_text(
    snapshot: Snapshot, text: str, slug: str, problems: list[Problem] | None, new: bool
) -> Answer:
    title, aliases, summary, purposes = _names(text)
    slug = slug or slug_of(title)
    path = f"{FOLDER}/{slug}.md"
    size = len(text.encode(errors="replace"))
    if size > MAX_BYTES:
        return _unread(slug, text, *decode(path, b"", size)[1])
    same = snapshot.ordinals.get(slug)
    replaces = None if same is None else snapshot.cards[same]
    reading = read_method_text(path, slug, text, problems)
    if new and replaces:
        reading = _taken(reading, replaces)
    others = [other for other in snapshot.readings if other.slug != slug]
    checked = next(r for r in check_across([*others, reading]) if r.path == path)
    found = list(checked.problems)
    draft = reading.draft
    if draft:
        found += prose_problems(path, draft, date.today(), reading.unread)
    whole = checked.method is not None and not any(p.severity == "error" for p in found)
    if not whole:  # what has to be mended, or is still to be written, has no score yet
        found = [problem for problem in found if problem.code != "page-thin"]
    method = draft if draft and draft.title else None
    changed = replaces if whole and not new else None
    there = snapshot.texts.page(slug) if changed else None
    # What a page is similar to, its author was asked when it was new.
    similar = () if changed else similar_methods(snapshot, title, aliases, summary, purposes)
    return Answer(
        slug=slug,
        text=text,
        problems=_by_line(found, path),
        method=method,
        page=_page(snapshot, method) if method else (),
        whole=whole,
        replaces=None if new else replaces,
        similar=tuple(m for m in similar if new or m.card is not replaces),
        changes=changed_parts(there.method, draft) if there and draft else (),
    )


def _by_line(problems: Iterable[Problem], path: str) -> tuple[Problem, ...]:
    """Return problems by line, those of the file's own name among them."""
    return tuple(sorted(replace(problem, path=path) for problem in problems))


def _page(snapshot: Snapshot, method: Method) -> tuple[tuple[str, str], ...]:
    sections = make_entry(method, "").sections
    return tuple((name, snapshot.with_live_links(html)) for name, html in sections)


def check_file(snapshot: Snapshot, raw: bytes, name: str = "") -> Answer:
    """Check the bytes of a file; a text in another encoding than UTF-8 is read as well as can be.

    Without a `name`, the title gives it.
    """
    path = f"{FOLDER}/{name or 'method.md'}"
    text, faults = decode(path, raw, len(raw))
    codes = [problem.code for problem in faults]
    if codes == ["file-encoding"]:
        wide = raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
        text = raw.decode("utf-16" if wide else "cp1252", errors="replace")
    elif codes == ["file-conflict"] or (codes == ["file-large"] and not name):
        text = raw.decode(errors="replace")  # to be mended in the box
    report = REPORT.search(text) is not None or (
        name.lower().endswith(REPORT_ENDINGS) and not METHOD.search(text)
    )
    folder, ending = (uses.FOLDER, uses.ENDING) if report else (FOLDER, ".md")
    slug = _upload_slug(snapshot, text, name, report) if name else ""
    # A picture or a Word file does not become a method by another name.
    foreign = any(problem.code == "file-binary" for problem in faults)
    named = name_problems(folder, name, ending, slug) if name and not foreign else ()
    problems = [*named, *faults]
    if not text or {"file-conflict", "file-large"}.intersection(codes):
        unread = _unread(slug or (uses.NO_NAME if report else NO_SLUG), text, *problems)
        return replace(unread, report=report and bool(text))
    return (_check_report if report else check_text)(snapshot, text, slug, problems)


def _upload_slug(snapshot: Snapshot, text: str, name: str, report: bool) -> str:
    """Return what an uploaded file should be called: as it is, if that will do, else as a file that is there or as its text says.

    Of a file that was downloaded twice, browsers change the name: "x (1)" or "x-2". A draft that says nothing to name it
    by has a name that is to be replaced.
    """
    stem = name.removesuffix(uses.ENDING if report else ".md")
    if report:
        known = {use.slug for found in snapshot.uses.values() for use in found}
    else:
        known = set(snapshot.slugs)
    own = guarded("", _report_slug if report else _title_slug, text[:MAX_BYTES])[0] or ""
    if stem in (NO_SLUG, uses.NO_NAME) and own:
        return own
    if stem != name and SLUG.fullmatch(stem) and stem not in RESERVED_NAMES:
        copy = own and not report and stem not in known and re.fullmatch(rf"{own}-\d", stem)
        return own if copy else slug_of(stem)
    meant = slug_of(file_slug(name))
    return meant if meant in known or not own else own


def _title_slug(text: str) -> str:
    title = _names(text)[0]
    return slug_of(title) if title else ""


def _report_slug(text: str) -> str:
    fields = split_fields("", text)[0].fields
    values = [str(fields[name].value) for name in ("when", "place", "method") if name in fields]
    return uses.use_slug(*values) if len(values) == 3 else ""


def _check_report(snapshot: Snapshot, text: str, slug: str, problems: list[Problem]) -> Answer:
    """Check the text of a report from practice; without a `slug`, what it says gives its name."""
    path = f"{uses.FOLDER}/{slug or uses.NO_NAME}{uses.ENDING}"
    size = len(text.encode(errors="replace"))
    if size > MAX_BYTES:
        return _unread(slug, text, *decode(path, b"", size)[1])
    reading, problem = guarded(path, uses.read_use_text, path, text, problems)
    if not reading:
        return _unread(slug or uses.NO_NAME, text, problem)
    known = [use for found in snapshot.uses.values() for use in found]
    reading = uses.with_known_use(uses.with_unknown_method(reading, snapshot.slugs), known)
    if use := reading.use:
        slug = uses.free_slug(slug or uses.use_slug(use.when, use.place, use.method), known)
    whole = reading.use is not None
    found = _by_line(reading.problems, path)
    return Answer(slug or uses.NO_NAME, text, found, None, (), whole, None, (), report=True)


def _taken(reading: Reading, owner: Card) -> Reading:
    """Return the reading of a new method whose file name another one has, with that as its problem."""
    line, column = (reading.names[0].line, reading.names[0].column) if reading.names else (1, 1)
    values = {"name": f"{reading.slug}.md", "title": owner.title}
    problem = Problem("name-taken", reading.path, line, column, values, "file")
    problems = tuple(sorted((*reading.problems, problem)))
    return replace(reading, problems=problems, method=None, usable=False)


def card_of(method: Method) -> Card:
    """Return the card of a method as it will stand in results."""
    choices = {name: method.choices(name) for name in VOCABULARY.facets}
    ranges = {name: usual_run(method).number_range(name) for name in VOCABULARY.ranges}
    return Card(
        slug=method.slug,
        title=method.title,
        sort_key=b"",  # it stands in no list
        aliases=method.aliases,
        languages=method.languages,
        asked_as=method.asked_as,
        name_stems=(),
        need_stems=(),
        name_words=(),
        summary=method.summary,
        picture=method.picture,
        purposes=choices["purpose"],
        audience=choices["audience"],
        choices=choices,
        possible={name: method.possible(name) for name in POSSIBLE},
        ranges={name: (r.low, r.high) for name, r in ranges.items() if r},
        cost=method.cost,
        group_size=method.group_size,
        runs=runs(method),
        last_reviewed=method.last_reviewed.isoformat() if method.last_reviewed else "",
    )


def _names(text: str) -> tuple[str, list[str], str, list[str]]:
    """Return title, other names, summary and purposes of a text, as far as they can be read."""
    split, _ = split_file("", text)

    def single(name: str) -> str:
        node = split.fields.get(name)
        return node.value if node and isinstance(node.value, str) else ""

    def several(name: str) -> list[str]:
        node = split.fields.get(name)
        items = node.value if node and isinstance(node.value, list) else []
        return [item.value for item in items if isinstance(item.value, str)]

    aliases = [split_language(name)[0] for name in several("aliases")]
    return single("title"), aliases, single("summary"), several("purposes")
