"""Every message is tried by doing what it says: the problem is gone, and no new one has come.

What is done is taken out of the message, or is the one thing that its words ask for.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from catalogue.model.codes import CODES
from catalogue.model.completeness import RULES, completeness
from catalogue.model.fields import FIELDS
from catalogue.model.problems import Problem
from catalogue.settings import PROJECT
from catalogue.validation.cross_checks import check_across
from catalogue.validation.reader import method_files, read_method_file, read_method_text
from catalogue.validation.style_checks import prose_problems
from catalogue.vocabulary import VOCABULARY
from tests.support.method_text import BODY, PATH, method_text

HEADINGS = VOCABULARY.headings
STEPS = BODY.replace("## How to run it\n\nIt is so.", "## How to run it\n\n1. **Meet.** It is so.")
ORIGIN = "## Origin\n\nIt is so.\n"
# A short text is thin and short whatever is done about the problem at hand.
ALWAYS = ("page-thin", "body-short")
# What a person writes in place of "…", where the message leaves it open.
WORDS = {
    "min": "3",
    "max": "9",
    "low": "3",
    "high": "9",
    "basis": "source",
    "band": "low",
    "counts": "taking-part",
    "carers": '"Some"',
}


def problems_of(text: str) -> list[Problem]:
    """Return all that one run says of a text that stands beside two other methods."""
    reading = read_method_text(PATH, "a", text)
    others = [
        read_method_text(f"methods/{slug}.md", slug, method_text(title=f'"{title}"'))
        for slug, title in (("fishbowl", "Fishbowl"), ("world-cafe", "World café"))
    ]
    (checked,) = [r for r in check_across([*others, reading]) if r.path == PATH]
    assert reading.draft is not None
    found = [*checked.problems, *prose_problems(PATH, reading.draft, date.today(), reading.unread)]
    return [problem for problem in found if problem.code not in ALWAYS]


@dataclass(frozen=True)
class Case:
    """A text with one problem. What matches `old` in it becomes what `advice` finds in the message, put into `new`.

    "{0}" in `new` is the first group of the advice.
    """

    text: str
    old: str
    advice: str
    new: str = "{0}"


def facts(
    line: str, old: str = "", advice: str = "", new: str = "{0}", **required: str | None
) -> Case:
    return Case(method_text(line, **required), re.escape(old or line), advice, new)


def body(
    written: str, old: str = "", advice: str = "", new: str = "{0}", instead_of: str = ORIGIN
) -> Case:
    """A problem in the text, in place of its last section."""
    return Case(
        method_text(body=BODY.replace(instead_of, written)), re.escape(old or written), advice, new
    )


WRITE = r"Write (.+?)\.(?: Choose from .+)?$"
COUNT = "staff_days: {min: "
LONG = "People dance in a barn and then talk of the village, " * 4
WORD = "It is so. "
CASES: dict[str, list[Case]] = {
    "front-matter-missing": [Case(BODY, r"\A", r"between two lines of (---),", method_text(body=""))],
    "front-matter-open": [Case(method_text().replace("---\n\n##", "\n##"), r"\n\n##", r"\((---)\) below the last field", "\n{0}\n\n##")],
    "front-matter-shape": [Case("---\n- a\n---\n" + BODY, r"- a\n", r"Write one field a line: (\w+): ", method_text(body="")[4:-5])],
    "key-repeated": [facts("kind: event\nkind: event", advice="(Keep one of the two)", new="kind: event")],
    "yaml-colon": [facts("kind: event", "title: Barn: a dance", r"quotation marks: (.+)\.$", title="Barn: a dance"),
                   facts("", "Barn: " + LONG, "(Put the whole text in double quotation marks)", '"Barn"', summary="Barn: " + LONG)],
    "yaml-quote": [facts("", '"Barn', '(End the text with a second ")', '"Barn"', title='"Barn'),
                   facts("", '"A "big" barn"', r'write a " inside it as (\\)"', r'"A \"big\" barn"', title='"A "big" barn"'),
                   facts("", "'People's barn'", "(Put the whole text in double quotation marks)", '"People\'s barn"', title="'People's barn'")],
    "yaml-bracket": [facts("aliases: [Jig", advice=r"Write lists as (\[)one, two\]", new="aliases: {0}Jig]")],
    "yaml-tab": [facts("cost:\n\tband: low\n\tbasis: source", "\t", "Use (two spaces) instead of each tab", "  ")],
    "yaml-character": [facts("", "@home", "(Put the whole text in double quotation marks)", '"@home"', title="@home")],
    "yaml-unreadable": [facts("kind:event", advice="(one space after the colon)", new="kind: event")],
    "yaml-alias": [facts("kind: &a event", advice="(Write the value out)", new="kind: event")],
    "yaml-tag": [facts("kind: !x event", advice="(Take the word that begins with ! out)", new="kind: event")],
    "yaml-deep": [facts("cases: [[[[[[[x]]]]]]]", advice=r"a list of groups: sources: \[(\{title: …, by: …\})\]".replace("…", '"…"'),
                        new='cases: [{title: "A", outcome: "B"}]')],
    "yaml-document": [facts("--- # more\nkind: event", "--- # more", "(Take the three hyphens out)", "# more")],
    "field-missing": [
        facts("", "---\ntitle", WRITE, "---\n{0}\ntitle", summary=None),
        facts("", "---\ntitle", WRITE, "---\n{0}\ntitle", sources=None),
        facts("", "---\ntitle", r"Choose from ([\w-]+),", "---\npurposes: [{0}]\ntitle", purposes=None),
        facts("group_size: {max: 30}", "{max", WRITE, "{{0}, max"),
        facts("cost: {band: low}", "{band: low", r"Choose from (\w+),", "{band: low, basis: {0}")],
    "field-unknown": [
        facts("titel: x", "titel: x", WRITE, title=None),
        facts("description: We dance.", "description: We dance.", WRITE, summary=None),
        facts("name: Barn dance", "name: Barn dance", WRITE, title=None),
        facts("tags: [ideas, feedback]", "tags: [ideas, feedback]", WRITE, purposes=None),
        facts("tags: [a]", "tags: [a]", "(Take it out)", ""),
        facts("layout: post", advice="(Take it out)", new=""),
        facts("time: two hours", advice=WRITE),
        facts("participants: {min: 12, max: 30}", advice=WRITE),
        facts("links: [https://a.example/x]", advice=WRITE, sources=None),
        facts("cost: {bnad: low, basis: source}", "bnad: low", WRITE),
        facts("strengths: [cheap]", "strengths: [cheap]", "(Write it in the text, below the line ## Strengths)", "")],
    "wrong-type": [
        facts("audience: experts", advice=WRITE),
        facts("audience:\n  main: local residents\n  other: youth", advice=WRITE),
        facts("audience:\n  main: anybody", advice=r"Choose from ([\w-]+),", new="audience: [{0}]"),
        facts("asked_as: a verdict, on one question", advice=WRITE),
        facts("not_for:\n  - It fails: often", "It fails: often", WRITE),
        facts("", "A guide, with a comma", WRITE.replace("Write ", "Write sources: "), sources="A guide, with a comma"),
        facts("", "{title: A, by: B}", WRITE.replace("Write ", "Write sources: "), sources="{title: A, by: B}"),
        facts("", "https://a.example/x", WRITE.replace("Write ", "Write sources: "), sources="https://a.example/x"),
        facts('cases: ["Leeds, 2019"]', '"Leeds, 2019"', WRITE),
        facts("group_size: 12 to 30", advice=WRITE),
        facts("group_size: about 20", advice=WRITE),
        facts("cost: cheap", advice=WRITE),
        facts("cost: £500 to £2,000", advice=WRITE),
        facts("kind: [event, process]", advice=WRITE),
        facts("related: World Café, Fishbowl", advice=WRITE),
        facts("related: [[World Café]]", advice=WRITE),
        facts("inclusion: [carers]", advice=WRITE),
        facts("", "[A, B]", WRITE.replace("Write ", "Write title: "), title="[A, B]"),
        facts("", "{A: B}", WRITE.replace("Write ", "Write title: "), title="{A: B}")],
    "yaml-trap": [
        facts("decision_capable: no", advice=WRITE),
        facts("aliases: [1984]", "1984", r'Write aliases: (.+)\.$'),
        facts(COUNT + "1:30}", "1:30", r"plain number: ([\d.]+),"),
        facts(COUNT + "012}", "012", WRITE)],
    "option-unknown": [
        facts("kind: picnic", "picnic", r"Choose one of (\w+),"),
        facts("kind: Evnt", "Evnt", r'Did you mean "(\w+)"'),
        facts("kind: ' event'", "' event'", WRITE)],
    "option-repeated": [facts("level: [consult, consult]", ", consult", "(Take one of them out)", "")],
    "list-short": [facts("outcomes: []", "outcomes: []\n", "(or take the line out)", ""),
                   facts("", "[]", r"Choose from ([\w-]+),", "[{0}]", purposes="[]"),
                   facts("", "sources: []", r"Add at least 1: (.+)\.$", sources="[]")],
    "list-long": [facts("level: [inform, consult, involve, empower]", ", empower", "(Keep the 3) that", "")],
    "text-empty": [facts("not_for: ['']", "not_for: ['']\n", "(or take the line out)", ""),
                   facts("", '""', "Write it: (One sentence)", '"A dance."', summary='""')],
    "text-long": [facts("", "x" * 70, r"Cut (\d+)\.", "x" * 60, title="x" * 70)],
    "text-unseen": [facts("", "Barn\u200bdance", "(Delete it)", "Barndance", title='"Barn\u200bdance"'),
                    facts("", r"Barn\edance", "(Type the text again)", "Barndance", title=r'"Barn\edance"'),
                    body("## Origin\n\nIt\u202e is.\n", "\u202e", "(Delete it)", "")],
    "address-unusable": [facts('contributors: [{name: A, url: "www.example.org"}]', '"www.example.org"', WRITE.replace("Write ", "address: ")),
                         facts('contributors: [{name: A, url: "see there"}]', ', url: "see there"', "(or take it out)", "")],
    "number-unreadable": [
        facts(COUNT + "about 3}", "about 3", r"for example (12)"),
        facts(COUNT + "1,5, max: 3}", "1,5", r"words: ([\d.]+)\.$"),
        facts("group_size: {min: 1.500}", "min: 1.500", WRITE),
        facts(COUNT + "1.500}", "1.500", r"Write ([\d.]+) or "),
        facts(COUNT + "1.500}", "1.500", r" or ([\d.]+), whichever"),
        facts("cost: {low: €2.500, high: 3000, basis: source}", "low: €2.500", r"Write (low: 2500) and, beside it, currency: EUR", "currency: EUR, {0}"),
        facts("cost: {low: $2500, high: 3000, basis: source}", "low: $2500", r"in one of GBP, EUR, (USD) and", "currency: {0}, low: 2500")],
    "number-large": [facts(COUNT + "12000000000}", "12000000000", r"the largest we take is (\d+)")],
    "year-unlikely": [facts("cost: {band: low, basis: source, year: 19}", "19}", r"in four figures, from (\d+)", "{0}}")],
    "flag-unreadable": [facts("", "maybe", r"Write (true) or false", sources="[{title: A, by: B, independent: maybe}]")],
    "date-unreadable": [facts("last_reviewed: 3/11/2026", "3/11/2026", r"year, month and day: (\S+)")],
    "date-future": [facts("last_reviewed: 2999-01-01", "2999-01-01", "(Write the day on which it was done)", "2026-11-01")],
    "slug-unusable": [facts("related: [World Café]", "World Café", r"which is probably (\S+)\.$"),
                      facts("related: [東京]", "東京", "(Write the file name without .md)", "fishbowl")],
    "range-reversed": [facts("staff_days: {min: 9, max: 3}", "{min: 9, max: 3}", "(Change the two over)", "{min: 3, max: 9}"),
                       facts("cost: {low: 9, high: 3, basis: case}", "low: 9, high: 3", "(Change the two over)", "low: 3, high: 9")],
    "cost-band-missing": [facts("cost: {low: 9, basis: case}", "{low", r"such as (band: \w+)\.$", "{{0}, low")],
    "cost-band-computed": [facts("cost:\n  low: 9\n  high: 10\n  band: low\n  basis: case", "  band: low\n", "(Take the line with band out)", "")],
    "heading-missing": [body("", "## Easily confused with\n\nIt is so.\n", r'Add a line (## Origin) after the text under "Easily confused with"',
                             "## Easily confused with\n\nIt is so.\n\n{0}\n\nIt is so.\n"),
                        body("", "## Use it when", r"Add a line (## What it is) before all other headings", "{0}\n\nIt is so.\n\n## Use it when",
                             "## What it is\n\nIt is so.\n")],
    "heading-unknown": [body("## Background\n\nIt is so.\n", "## Background", r'Did you mean "(.+)"'),
                        body(f"{ORIGIN}\n## Materials\n\nIt is so.\n", "## Materials", r"of your own: (### .+)\.$"),
                        body(f"{ORIGIN}\n##\n\nIt is so.\n", "##\n", "(Or take the line out)", "")],
    "heading-repeated": [body(f"{ORIGIN}\n{ORIGIN}", f"{ORIGIN}\n{ORIGIN}", "(Put the two texts under one heading)", f"{ORIGIN}\nIt is so.\n")],
    "heading-order": [Case(method_text(body=BODY.replace("## Strengths", "## X").replace("## Weaknesses", "## Strengths").replace("## X", "## Weaknesses")),
                           r"## Weaknesses(.+)## Strengths", r"· (Strengths · Weaknesses) ·", "## Strengths\n\nIt is so.\n\n## Weaknesses")],
    "heading-level": [
        body("# Origin\n\nIt is so.\n", "# Origin", r"signs: (## .+)\.$"),
        body("### Origin\n\nIt is so.\n", "### Origin", r"signs: (## .+)\.$"),
        body("**Origin**\n\nIt is so.\n", "**Origin**", r"signs: (## .+)\.$"),
        body(f"{ORIGIN}\n# Barns\n\nIt is so.\n", "# Barns", WRITE.replace("Write ", "heading: ")),
        body("# Barn dance\n\n## What it is\n\nIt is so.\n", "# Barn dance\n", "(Take the line out)", "", "## What it is\n\nIt is so.\n")],
    "section-empty": [body("## Origin\n", "## Origin\n", "(Write it)", ORIGIN)],
    "text-before-heading": [body("Hello.\n\n## What it is\n", "Hello.\n\n## What it is\n", r"such as (## .+)\.$", "{0}\n\nHello.\n", "## What it is\n")],
    "section-marks": [body("## Origin\n\n" + "a * " * 501 + "\n", "a * " * 501, r"(Write it plainly)", "a")],
    "section-blocks": [body("## Origin\n\n" + "a\n\n" * 600, "a\n\n" * 600, "(Shorten it)", "a\n\n")],
    "nesting-deep": [body("## Origin\n\n" + "> " * 22 + "a\n", "> " * 22, "(Use fewer levels; two)", "> > ")],
    "name-taken": [facts("aliases: [Fishbowl, Jig]", "Fishbowl, ", "(take it out of the other place)", "")],
    "related-unknown": [facts("related: [fishbowls]", "fishbowls", r'Did you mean "(\S+)"'),
                        facts("related: [a, fishbowl]", "a, fishbowl", "(Take it out)", "fishbowl")],
    "was-taken": [facts("was: [old-walk, fishbowl]", ", fishbowl", "(Take it out)", "")],
    "link-unknown": [body("## Origin\n\nSee [it](fishbowls.md).\n", "fishbowls", r'Did you mean "(\S+)"'),
                     body("## Origin\n\nSee [it](zzzzzz.md).\n", "[it](zzzzzz.md)", "(Take it out)", "it")],
    "option-in-two": [facts("supports: [build-community, inform]", "supports: [build-community, ", "(Keep it in purposes)", "supports: ["),
                      facts("audience: [experts]\naudience_possible: [experts, members]", "experts, ", "(Keep it in audience)", ""),
                      facts('inclusion: {carers: "x"}\ninclusion_possible: {carers: "y", anonymous: "z"}', 'carers: "y", ', "(Keep it in one)", "")],
    "step-unknown": [Case(method_text('timeline: [{step: "Meat", start: 0, end: 1}]', STEPS), "Meat", r'Did you mean "(\S+)"')],
    "step-untimed": [Case(method_text('timeline: [{step: "Meet", start: 0, end: 1}, {step: "Tell", start: 1, end: 2}]',
                                      STEPS.replace("1. **Meet.** It is so.", "1. **Meet.** It is so.\n2. **Tell.** It is so.\n3. **Answer.** It is so.")),
                          "end: 2}", r'"(\w+)" is not in timeline', 'end: 2}, {step: "{0}", start: 2, end: 3}')],
    "estimate-twice": [facts('light: {in_short: "x", gives_up: "y", cost: {low: 0, high: 9, currency: GBP, basis: judgement, note: "our estimate: tea"}}',
                             "our estimate: ", "(Take it out of the note)", "")],
    "timeline-outside": [Case(method_text('lead_time_weeks: {min: 4, max: 8}\ntimeline: [{step: "Meet", start: 0, end: 12}]', STEPS),
                              "end: 12", "(Correct the one that is wrong)", "end: 8")],
    "sizes-swapped": [facts('group_size: {min: 8}\nstaff_days: {min: 2}\n'
                            'light: {in_short: "x", gives_up: "y", group_size: {min: 20}, staff_days: {min: 9}}',
                            "{min: 9}", "(correct the figures)", "{min: 1}")],
    "existing-body-unfit": [facts("kind: event\nexisting_body: can-answer", "\nexisting_body: can-answer", "(Take the line out)", ""),
                            facts("kind: event\nexisting_body: can-answer", "kind: event", r"write (kind: standing)")],
    "sentence-long": [body("## Origin\n\n" + "It was so and " * 9 + "it was.\n", "and It was so and It was so", "(Cut it in two)", "and it was so. It was so")],
    "sentences-long": [],
    "body-long": [body("## Origin\n\n" + WORD * 400, WORD * 400, r"Cut (\d+)\.$", WORD * 90)],
    "reading-hard": [],
    "link-text": [body("## Origin\n\nSee [here](https://a.example/x).\n", "here", "(Use the name of the page)", "Barn guide")],
    "not-shown": [body("## Origin\n\n<div>It is so.</div>\n", "<div>It is so.</div>", "(Write plain Markdown)", "It is so.")],
    "word-bookkeeping": [body("## Origin\n\nIt is dear.\n", "dear", r'Write "(.+?)"'),
                         facts('cases: [{title: "Mill jury", outcome: "It is dear."}]', "dear", r'Write "(.+?)"')],
    "case-not-searched": [facts('cases: [{title: "Mill jury", outcome: "What followed is not recorded."}]', "is not recorded",
                                r"such as (\(searched .+?\))", "is not recorded {0}"),
                          facts('cases: [{title: "Mill jury", outcome: "What followed is not recorded."}]', "What followed is not recorded",
                                r'write "(We have not found) …", with the month in brackets, such as', "{0} it (searched November 2026)")],
    "figure-unsourced": [body("## Origin\n\nIt cost £500.\n", "£500", "say “(our estimate)”", "£500 ({0})")],
    "sources-one-host": [facts("", "b.example/1", "(Add a source from somebody else)", "c.example/1",
                               sources='[{title: A, by: B, url: "https://b.example/1"}, {title: C, by: D, url: "https://b.example/2"}]')],
    "review-due": [facts("last_reviewed: 2020-01-01", "2020-01-01", "(change last_reviewed)", "2026-11-01")],
    "link-nowhere": [
        body("## Origin\n\nSee [it](handout.pdf).\n", "[it](handout.pdf)", "(take the link out)", "it"),
        body("## Origin\n\nSee [it](www.example.org/x).\n", "www.example.org/x", r"whole address: (\S+)\.$"),
        body("## Origin\n\nSee [it](Fishbowl).\n", "Fishbowl", r"such as (\S+);"),
        body("## Origin\n\nAsk [it](ann@example.org).\n", "ann@example.org", r"Write (mailto:\S+)\.$"),
        body("## Origin\n\nSee [it](#orign).\n", "#orign", r"such as (#\S+)\.$"),
    ],
    "link-address": [body("## Origin\n\n[Barns](//a.example/x)\n", "//a.example/x", r"beginning with (https://),", "{0}a.example/x")],
}  # fmt: skip

# Of files as they lie on the disk; of what asks for a better text or for a look; of what is our own fault;
# of the texts of the site, which tests/validation/test_advice.py tries; of reports from practice: tests/uses.
ELSEWHERE = {code for code in CODES if code.startswith("file-")} | {
    "page-thin", "body-short", "sentences-long", "reading-hard", "link-broken", "link-look",
    "advice-nowhere", "month-unreadable", "use-method-unknown", "use-personal", "use-here", "use-alike",
}  # fmt: skip


def filled(advice: str) -> str:
    """Return advice with words of one's own in place of its dots."""
    advice = re.sub(r"\b(\w+): …", lambda found: f"{found[1]}: {WORDS[found[1]]}", advice)
    return (
        advice.replace("{…:", "{carers:")
        .replace("https://…", "https://a.example")
        .replace("…", "Some words")
    )


def followed(case: Case, problem: Problem) -> str:
    """Return the text after doing what the message says."""
    advice = re.search(case.advice, f"{problem.message}. {problem.fix}")
    assert advice, f"{case.advice} is not in: {problem}"
    new = case.new.replace("{0}", filled(advice[1]))
    text, changes = re.subn(case.old, lambda _: new, case.text, count=1, flags=re.DOTALL)
    assert changes == 1
    return text


def counted(problems: list[Problem]) -> Counter[str]:
    return Counter(problem.code for problem in problems)


def test_every_code_has_an_example_whose_advice_is_followed() -> None:
    assert {code for code, cases in CASES.items() if cases} | ELSEWHERE == set(CODES)


@pytest.mark.parametrize(
    ("code", "case"),
    [(code, case) for code, cases in CASES.items() for case in cases],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_following_the_advice_takes_the_problem_away_and_brings_no_other(
    code: str, case: Case
) -> None:
    before = problems_of(case.text)
    problem = next(problem for problem in before if problem.code == code)
    after = problems_of(followed(case, problem))
    assert counted(after) < counted(before), [str(problem) for problem in after]
    assert counted(after)[code] == counted(before)[code] - 1, [str(problem) for problem in after]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("World Cafe.md", None), ("aux.md", None), ("con.md", None), ("lpt1.md", None), ("under_score.md", None),
        ("double--hyphen.md", None), ("notes.txt", None), ("x.markdown", None), ("empty.md", b""),
        ("word.md", b"PK\x03\x04"), ("latin.md", method_text(title='"Café"').encode("latin-1")),
        ("utf-16.md", method_text().encode("utf-16")), ("large.md", b"a" * 40_000),
    ],
)  # fmt: skip
def test_a_file_is_fine_once_it_has_the_name_or_the_content_that_the_message_asks_for(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    file = tmp_path / name
    file.write_bytes(method_text().encode() if content is None else content)
    (problem,) = read_method_file(tmp_path, file).problems
    if better := re.search(r"Rename it to \S+/([a-z0-9-]+\.md)", problem.fix):
        file = file.rename(tmp_path / better[1])
    else:
        assert re.search("Save it|Open it|Write the method|Keep the text short", problem.fix)
        file.write_text(method_text(), encoding="utf-8")
    assert read_method_file(tmp_path, file).problems == ()


def test_what_stands_where_no_file_can_be_read_is_fine_once_it_is_put_there_or_taken_out(
    tmp_path: Path,
) -> None:
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "link.md").symlink_to("elsewhere")
    os.mkfifo(tmp_path / "pipe.md")
    for file in method_files(tmp_path):
        (problem,) = read_method_file(tmp_path, file).problems
        assert re.search(
            "Put each method straight into|Put the file itself here|Take it out", problem.fix
        )
        file.rmdir() if file.is_dir() else file.unlink()
        file.write_text(method_text(), encoding="utf-8")
        assert read_method_file(tmp_path, file).problems == ()


def test_warnings_are_said_in_the_same_run_as_errors() -> None:
    text = method_text(
        "kind: picnic", BODY.replace(ORIGIN, "## Origin\n\nSee [here](https://a.example).\n"), title="Barn: a dance"
    )  # fmt: skip
    reading = read_method_text(PATH, "a", text)
    assert reading.method is None
    assert reading.draft is not None
    found = [*reading.problems, *prose_problems(PATH, reading.draft, date.today(), reading.unread)]
    assert [problem.code for problem in sorted(found)] == [
        "page-thin", "yaml-colon", "option-unknown", "body-short", "link-text",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "rule"),
    [("cost: cheap", "cost"), ("cases: Leeds", "case"), ("inclusion: [carers]", "inclusion"), ("staf: 3", "")],
)  # fmt: skip
def test_what_could_not_be_read_is_not_said_to_be_lacking(line: str, rule: str) -> None:
    reading = read_method_text(PATH, "a", method_text(line))
    assert reading.draft is not None
    lacking = completeness(reading.draft, reading.unread).missing
    assert set(completeness(reading.draft).missing) - set(lacking) == {rule} - {""}


def test_a_rule_of_completeness_says_which_fields_it_reads() -> None:
    assert {name for rule in RULES for name in rule.reads} <= {field.name for field in FIELDS} | {
        "sections"
    }
    assert all(rule.reads for rule in RULES)


def test_a_message_sends_nobody_to_a_document_that_is_not_on_the_site() -> None:
    shown = [
        text for code in CODES.values() for w in code.wordings.values() for text in vars(w).values()
    ]
    assert [text for text in shown if "docs/" in text] == []
    guides = [text for code in CODES.values() for text in (code.meaning, code.advice)]
    named = {name for text in guides for name in re.findall(r"docs/[\w-]+\.md", text)}
    assert [name for name in named if not (PROJECT / name).is_file()] == []
