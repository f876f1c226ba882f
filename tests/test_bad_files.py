"""One fault in each file of methods_bad/, and many in terrible.md: the whole output of one run, line by line.

The messages are what contributors meet, so each stands here in full.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from catalogue.checks import check_across
from catalogue.cli import main
from catalogue.reader import Reading, method_files, read_method_file

BAD = Path(__file__).parent / "methods_bad"
# These two are good; they have a name that the file beside them claims too.
PARTNERS = ["same-alias-one.md", "same-title-one.md"]
WARNED_ONLY = ["heading-order.md"]
EXPECTED = r"""
methods_bad/World Cafe.md:1:1: the file name "World Cafe.md" has a space and capitals. Rename it to methods_bad/world-cafe.md. [file-name]
methods_bad/alias.md:6:11: YAML's anchors and aliases (& and *) are not used in method files. Write the value out, or put the text in double quotation marks. [yaml-alias]
methods_bad/anchor.md:6:7: YAML's anchors and aliases (& and *) are not used in method files. Write the value out, or put the text in double quotation marks. [yaml-alias]
methods_bad/audience-unknown.md:6:12: audience "youth" is not one we use. Choose one of general-public, cross-section, local-residents, service-users, seldom-heard, young-people, stakeholder-organisations, experts, frontline-staff, decision-makers. Did you mean "young-people"? [option-unknown]
methods_bad/bare-no.md:6:19: decision_capable is written no without quotation marks, which YAML reads as true or false. Write decision_capable: "no". [yaml-trap]
methods_bad/bare-yes.md:6:19: decision_capable is written yes without quotation marks, which YAML reads as true or false. Write decision_capable: "yes". [yaml-trap]
methods_bad/block-long.md:11:1: 6,399 characters stand here without a blank line, and the limit is 6,000. Put a blank line between two paragraphs. [block-long]
methods_bad/brace-open.md:6:13: a bracket is opened here and not closed, or a comma is missing ("group_size: {min: 12, max: 30"). Write lists as [one, two] and groups as {min: 1, max: 2}. [yaml-bracket]
methods_bad/bracket-open.md:6:8: a bracket is opened here and not closed, or a comma is missing ("level: [consult, involve"). Write lists as [one, two] and groups as {min: 1, max: 2}. [yaml-bracket]
methods_bad/brackets-open.md:11:1: more than 10 brackets are opened here and not closed. Close each bracket. Write \ before a bracket that stands for itself. [brackets-open]
methods_bad/case-address.md:9:10: "www.example.org" is not a web address. Write the whole address, beginning with https://. [address-unusable]
methods_bad/case-result.md:9:13: result "good" is not one we use. Choose one of worked, mixed, failed. [option-unknown]
methods_bad/case-without-outcome.md:7:5: required field "outcome" is missing in cases, number 1. Add it: What came of it, in one or two sentences. [field-missing]
methods_bad/choice-list.md:6:7: kind takes one option, not a list. Choose one: kind: event. [wrong-type]
methods_bad/colon-in-list.md:7:5: not_for is a group of fields. Write one value: What it will not deliver, in whole sentences. A text with a colon in it needs double quotation marks. [wrong-type]
methods_bad/colon-in-title.md:2:22: this line cannot be read because its text contains a colon ("title: Colon in title: a guide"). Put the whole text in double quotation marks: title: "Colon in title: a guide". [yaml-colon]
methods_bad/cost-band-and-figures.md:6:7: cost has both figures, so its band is worked out ("low"). Take the line with band out, or leave out the figure that misleads. [cost-band-computed]
methods_bad/cost-band-missing.md:6:7: cost has no band, and it takes two figures to work one out. Add low and high, or give the band by judgement, such as band: low. [cost-band-missing]
methods_bad/cost-band-unknown.md:6:14: cost band "medium" is not one we use. Choose one of minimal, low, moderate, high, very-high. [option-unknown]
methods_bad/cost-basis-missing.md:6:7: required field "basis" is missing in cost. Add it: Where figures or band come from. [field-missing]
methods_bad/cost-reversed.md:6:7: in cost, high (500) is smaller than low (900). Change the two over. [range-reversed]
methods_bad/cost-with-sign.md:6:13: low is not a number ("£500"). Write a bare number, with no quotation marks, signs or words: 500. [number-unreadable]
methods_bad/date-as-title.md:2:8: title is written 2026-11-23 without quotation marks, which YAML reads as a date. Write title: "2026-11-23". [yaml-trap]
methods_bad/date-british.md:6:16: last_reviewed is not a date ("23/11/2026"). Write year, month and day: 2026-11-23. [date-unreadable]
methods_bad/date-future.md:6:16: last_reviewed lies in the future (2999-01-01). Write the day on which it was done. [date-future]
methods_bad/deep-nesting.md:6:13: values are nested too deeply here. docs/writing-a-method.md shows the deepest form we use. [yaml-deep]
methods_bad/double--hyphen.md:1:1: the file name "double--hyphen.md" has a hyphen too many. Rename it to methods_bad/double-hyphen.md. [file-name]
methods_bad/empty.md:1:1: this file is empty. Write the method, or take the file out. [file-empty]
methods_bad/field-repeated-in-group.md:9:3: "band" is given twice; the first time on line 7. Keep one of the two. [key-repeated]
methods_bad/field-repeated.md:7:1: "kind" is given twice; the first time on line 6. Keep one of the two. [key-repeated]
methods_bad/field-unknown.md:6:12: "audiences" is not a field we use. Choose one of title, aliases, asked_as, summary, purposes, level, audience, recruitment, group_size, participant_hours, lead_time_weeks, cost, staff_days, facilitation, format, kind, family, stage, handles_conflict, handles_complexity, decision_capable, outcomes, not_for, inclusion, related, cases, sources, contributors, last_reviewed, licence. Did you mean "audience"? [field-unknown]
methods_bad/folder:1:1: this is a folder, and folders are not looked into. Put each method straight into methods_bad/. [file-folder]
methods_bad/front-matter-list.md:2:1: the front matter is not made of fields. Write one field a line: title: "…". [front-matter-shape]
methods_bad/front-matter-missing.md:2:1: this file does not begin with a line of three hyphens. Put the facts of the method at the top, between two lines of ---. docs/writing-a-method.md shows a whole file. [front-matter-missing]
methods_bad/front-matter-open.md:1:1: the front matter begins here and does not end. Put a line of three hyphens (---) below the last field, before the text. [front-matter-open]
methods_bad/front-matter-twice.md:6:1: this line begins a second set of facts, which is not read. Take the three hyphens out. [yaml-document]
methods_bad/heading-in-code.md:6:1: heading "Strengths" is missing. Add a line ## Strengths and write the text below it. [heading-missing]
methods_bad/heading-level.md:48:1: "Origin" is a heading of the first level, which the title already is. Write it with two signs: ## Origin. [heading-level]
methods_bad/heading-missing.md:6:1: heading "Strengths" is missing. Add a line ## Strengths and write the text below it. [heading-missing]
methods_bad/heading-misspelt.md:6:1: heading "Weaknesses" is missing. Add a line ## Weaknesses and write the text below it. [heading-missing]
methods_bad/heading-misspelt.md:36:1: heading "Weakneses" is not one we use. Choose one of: What it is · Use it when · Avoid it when · How to run it · What it costs · What you will get, and what you will not · Strengths · Weaknesses · Making it inclusive · Easily confused with · Origin. Did you mean "## Weaknesses"? [heading-unknown]
methods_bad/heading-order.md:36:1: warning: heading "Strengths" stands after "Weaknesses". Keep this order: What it is · Use it when · Avoid it when · How to run it · What it costs · What you will get, and what you will not · Strengths · Weaknesses · Making it inclusive · Easily confused with · Origin. [heading-order]
methods_bad/heading-repeated.md:36:1: heading "Strengths" is given twice; the first time on line 32. Put the two texts under one heading. [heading-repeated]
methods_bad/heading-unknown.md:52:1: heading "Strong points" is not one we use. Choose one of: What it is · Use it when · Avoid it when · How to run it · What it costs · What you will get, and what you will not · Strengths · Weaknesses · Making it inclusive · Easily confused with · Origin. Did you mean "## Strengths"? [heading-unknown]
methods_bad/inclusion-list.md:6:12: inclusion is not a group of options. Write each with a sentence that says how: low-literacy: "…". [wrong-type]
methods_bad/inclusion-unknown.md:6:20: inclusion "carer" is not one we use. Choose one of low-literacy, no-internet, multilingual, sensory-access, carers, trauma-aware, anonymous. Did you mean "carers"? [option-unknown]
methods_bad/indented-field.md:7:9: this line cannot be read ("family: survey"). Write a field as name: value, with one space after the colon, and indent what belongs to it by two spaces. [yaml-unreadable]
methods_bad/leading-nought.md:6:19: min begins with a nought (012), which YAML reads in eights. Write 12. [yaml-trap]
methods_bad/licence-unknown.md:6:10: licence "MIT" is not one we use. Choose one of CC-BY-4.0. [option-unknown]
methods_bad/link-unknown.md:10:21: linked method "walk" does not exist. Take it out, or add that method. [link-unknown]
methods_bad/name-twice.md:6:11: the name "Name twice" is taken already, on line 2. Keep it where people would look for it, and take it out of the other place. [name-taken]
methods_bad/notes.txt:1:1: this file has no .md ending, so it will never be published. Rename it to methods_bad/notes.md, or take it out. [file-ending]
methods_bad/number-large.md:6:19: min is too large (12000000000). Check the number; the largest we take is 1000000000. [number-large]
methods_bad/number-quoted.md:6:24: min is not a number ("3"). Write a bare number, with no quotation marks, signs or words: 3. [number-unreadable]
methods_bad/number-words.md:6:24: min is not a number ("about 3"). Write a bare number, with no quotation marks, signs or words: 12. [number-unreadable]
methods_bad/photovoice:1:1: this file has no .md ending, so it will never be published. Rename it to methods_bad/photovoice.md, or take it out. [file-ending]
methods_bad/purpose-repeated.md:4:20: "inform" is given twice. Take one of them out. [option-repeated]
methods_bad/purpose-unknown.md:4:12: purpose "vote" is not one we use. Choose one of inform, understand-needs, gather-views, generate-ideas, deliberate, shape-vision, set-priorities, make-decisions, design-services, resolve-conflict, build-community, monitor-evaluate. Did you mean "make-decisions"? [option-unknown]
methods_bad/purposes-empty.md:4:11: purposes is an empty list. Add at least 1, or take the line out. [list-short]
methods_bad/purposes-many.md:4:11: purposes has 6 entries and the limit is 5. Keep the 5 that matter most. [list-long]
methods_bad/purposes-text.md:4:11: purposes is a list. Write purposes: [gather-views]. [wrong-type]
methods_bad/quote-inside.md:3:23: there is more behind a closing quotation mark ("summary: "People say "yes" to it.""). Put the whole text in double quotation marks, and write a " inside it as \". [yaml-quote]
methods_bad/quote-open.md:3:10: a quotation mark is opened here and not closed ("summary: "People meet and talk."). End the text with a second ". A " inside the text is written \". [yaml-quote]
methods_bad/range-reversed.md:6:13: in group_size, max (12) is smaller than min (30). Change the two over. [range-reversed]
methods_bad/range-text.md:6:13: group_size is not a group of fields. Write its fields as {min: …, max: …}. [wrong-type]
methods_bad/range-without-min.md:6:13: required field "min" is missing in group_size. Add it: The smallest usual number. [field-missing]
methods_bad/related-itself.md:6:11: this method is given as related to itself. Take it out. [related-unknown]
methods_bad/related-unknown.md:6:11: related method "deep-nestings" does not exist. Did you mean "deep-nesting"? [related-unknown]
methods_bad/same-alias-two.md:6:23: the name "Shared name" is taken already, on methods_bad/same-alias-one.md:6. Keep it where people would look for it, and take it out of the other place. [name-taken]
methods_bad/same-title-two.md:2:8: the name "Same Title" is taken already, on methods_bad/same-title-one.md:2. Keep it where people would look for it, and take it out of the other place. [name-taken]
methods_bad/section-empty.md:32:1: there is no text under "Strengths". Write it. [section-empty]
methods_bad/single-quote.md:3:18: there is more behind a closing quotation mark ("summary: 'People's views are heard.'"). Put the whole text in double quotation marks, and write a " inside it as \". [yaml-quote]
methods_bad/slug-unusable.md:6:11: "World Café" is not the slug of a method. Write the file name without .md: small letters, figures and hyphens. [slug-unusable]
methods_bad/source-flag.md:5:63: independent is neither true nor false ("maybe"). Write true or false, or take it out. [flag-unreadable]
methods_bad/source-without-publisher.md:5:11: required field "by" is missing in sources, number 1. Add it: Who published it. [field-missing]
methods_bad/special-character.md:3:10: this text begins with a character that has a meaning of its own ("summary: @home visits"). Put the whole text in double quotation marks. [yaml-character]
methods_bad/summary-empty.md:3:10: summary is empty. Write it, or take the line out: One sentence that says what happens. [text-empty]
methods_bad/tab.md:7:1: this line is indented with a tab, which YAML does not allow. Use two spaces instead of each tab. [yaml-tab]
methods_bad/tag.md:6:7: YAML's tags are not used in method files ("!event"). Take the word that begins with ! out, or put the text in quotation marks. [yaml-tag]
methods_bad/terrible.md:2:16: this line cannot be read because its text contains a colon ("title: Terrible: how not to do it"). Put the whole text in double quotation marks: title: "Terrible: how not to do it". [yaml-colon]
methods_bad/terrible.md:3:11: the name "Shared name" is taken already, on methods_bad/same-alias-one.md:6. Keep it where people would look for it, and take it out of the other place. [name-taken]
methods_bad/terrible.md:3:24: aliases is written 1999 without quotation marks, which YAML reads as a number. Write aliases: "1999". [yaml-trap]
methods_bad/terrible.md:3:30: aliases is written no without quotation marks, which YAML reads as true or false. Write aliases: "no". [yaml-trap]
methods_bad/terrible.md:4:10: "summary" is 167 characters and the limit is 160. Cut 7; the full description belongs in the text. [text-long]
methods_bad/terrible.md:5:12: purpose "decide" is not one we use. Choose one of inform, understand-needs, gather-views, generate-ideas, deliberate, shape-vision, set-priorities, make-decisions, design-services, resolve-conflict, build-community, monitor-evaluate. Did you mean "make-decisions"? [option-unknown]
methods_bad/terrible.md:5:28: "inform" is given twice. Take one of them out. [option-repeated]
methods_bad/terrible.md:5:36: purpose "fun" is not one we use. Choose one of inform, understand-needs, gather-views, generate-ideas, deliberate, shape-vision, set-priorities, make-decisions, design-services, resolve-conflict, build-community, monitor-evaluate. [option-unknown]
methods_bad/terrible.md:6:8: level is a list. Write level: [consult]. [wrong-type]
methods_bad/terrible.md:7:12: "audiences" is not a field we use. Choose one of title, aliases, asked_as, summary, purposes, level, audience, recruitment, group_size, participant_hours, lead_time_weeks, cost, staff_days, facilitation, format, kind, family, stage, handles_conflict, handles_complexity, decision_capable, outcomes, not_for, inclusion, related, cases, sources, contributors, last_reviewed, licence. Did you mean "audience"? [field-unknown]
methods_bad/terrible.md:8:7: kind "evnt" is not one we use. Choose one of activity, event, process, standing. Did you mean "event"? [option-unknown]
methods_bad/terrible.md:9:1: "kind" is given twice; the first time on line 8. Keep one of the two. [key-repeated]
methods_bad/terrible.md:10:13: in group_size, max (12) is smaller than min (30). Change the two over. [range-reversed]
methods_bad/terrible.md:11:26: min is written 1:30, which YAML reads as one number in minutes. Write it as a decimal: 1.5. [yaml-trap]
methods_bad/terrible.md:13:1: this line is indented with a tab, which YAML does not allow. Use two spaces instead of each tab. [yaml-tab]
methods_bad/terrible.md:14:19: min begins with a nought (012), which YAML reads in eights. Write 12. [yaml-trap]
methods_bad/terrible.md:14:29: max is not a number ("20"). Write a bare number, with no quotation marks, signs or words: 20. [number-unreadable]
methods_bad/terrible.md:15:1: required field "basis" is missing in cost. Add it: Where figures or band come from. [field-missing]
methods_bad/terrible.md:16:8: low is not a number ("£500"). Write a bare number, with no quotation marks, signs or words: 500. [number-unreadable]
methods_bad/terrible.md:17:9: cost band "medium" is not one we use. Choose one of minimal, low, moderate, high, very-high. [option-unknown]
methods_bad/terrible.md:18:12: "curency" is not a field we use in cost. Choose one of low, high, currency, year, basis, band, note. Did you mean "currency"? [field-unknown]
methods_bad/terrible.md:19:19: decision_capable is written no without quotation marks, which YAML reads as true or false. Write decision_capable: "no". [yaml-trap]
methods_bad/terrible.md:20:9: a bracket is opened here and not closed, or a comma is missing ("format: [online, in-person"). Write lists as [one, two] and groups as {min: 1, max: 2}. [yaml-bracket]
methods_bad/terrible.md:21:15: facilitation takes one option, not a list. Choose one: facilitation: some. [wrong-type]
methods_bad/terrible.md:23:5: not_for is a group of fields. Write one value: What it will not deliver, in whole sentences. A text with a colon in it needs double quotation marks. [wrong-type]
methods_bad/terrible.md:24:20: inclusion "carer" is not one we use. Choose one of low-literacy, no-internet, multilingual, sensory-access, carers, trauma-aware, anonymous. Did you mean "carers"? [option-unknown]
methods_bad/terrible.md:25:11: this method is given as related to itself. Take it out. [related-unknown]
methods_bad/terrible.md:25:21: related method "deep-nestings" does not exist. Did you mean "deep-nesting"? [related-unknown]
methods_bad/terrible.md:27:5: required field "outcome" is missing in cases, number 1. Add it: What came of it, in one or two sentences. [field-missing]
methods_bad/terrible.md:28:13: result "good" is not one we use. Choose one of worked, mixed, failed. [option-unknown]
methods_bad/terrible.md:29:10: "www.example.org" is not a web address. Write the whole address, beginning with https://. [address-unusable]
methods_bad/terrible.md:30:5: cases, number 2 is not a group of fields. Write its fields as {title: …, place: …}. [wrong-type]
methods_bad/terrible.md:31:10: sources is an empty list. Add at least 1, or take the line out. [list-short]
methods_bad/terrible.md:32:16: last_reviewed is not a date ("yesterday"). Write year, month and day: 2026-11-23. [date-unreadable]
methods_bad/terrible.md:33:10: a quotation mark is opened here and not closed ("licence: "MIT"). End the text with a second ". A " inside the text is written \". [yaml-quote]
methods_bad/terrible.md:34:1: heading "Easily confused with" is missing. Add a line ## Easily confused with and write the text below it. [heading-missing]
methods_bad/terrible.md:34:1: heading "How to run it" is missing. Add a line ## How to run it and write the text below it. [heading-missing]
methods_bad/terrible.md:34:1: heading "Making it inclusive" is missing. Add a line ## Making it inclusive and write the text below it. [heading-missing]
methods_bad/terrible.md:34:1: heading "Origin" is missing. Add a line ## Origin and write the text below it. [heading-missing]
methods_bad/terrible.md:34:1: heading "Strengths" is missing. Add a line ## Strengths and write the text below it. [heading-missing]
methods_bad/terrible.md:34:1: heading "Weaknesses" is missing. Add a line ## Weaknesses and write the text below it. [heading-missing]
methods_bad/terrible.md:34:1: heading "What it costs" is missing. Add a line ## What it costs and write the text below it. [heading-missing]
methods_bad/terrible.md:34:1: heading "What you will get, and what you will not" is missing. Add a line ## What you will get, and what you will not and write the text below it. [heading-missing]
methods_bad/terrible.md:34:1: there is text before the first heading. Put it under one of the headings, such as ## What it is. [text-before-heading]
methods_bad/terrible.md:38:1: "What it is" is a heading of the first level, which the title already is. Write it with two signs: ## What it is. [heading-level]
methods_bad/terrible.md:40:21: linked method "walk" does not exist. Take it out, or add that method. [link-unknown]
methods_bad/terrible.md:42:1: there is no text under "Avoid it when". Write it. [section-empty]
methods_bad/terrible.md:48:1: heading "Avoid it when" is given twice; the first time on line 42. Put the two texts under one heading. [heading-repeated]
methods_bad/terrible.md:52:1: heading "Strong points" is not one we use. Choose one of: What it is · Use it when · Avoid it when · How to run it · What it costs · What you will get, and what you will not · Strengths · Weaknesses · Making it inclusive · Easily confused with · Origin. Did you mean "## Strengths"? [heading-unknown]
methods_bad/text-before-heading.md:6:1: there is text before the first heading. Put it under one of the headings, such as ## What it is. [text-before-heading]
methods_bad/text-unseen.md:3:10: summary holds a character that cannot be seen. Type the text again. [text-unseen]
methods_bad/time-with-colon.md:6:26: min is written 1:30, which YAML reads as one number in minutes. Write it as a decimal: 1.5. [yaml-trap]
methods_bad/title-list.md:2:8: title is a list. Write one value: The usual English name. [wrong-type]
methods_bad/title-long.md:2:8: "title" is 70 characters and the limit is 60. Cut 10; the full description belongs in the text. [text-long]
methods_bad/title-missing.md:1:1: required field "title" is missing. Add it: The usual English name. [field-missing]
methods_bad/title-null.md:1:1: required field "title" is missing. Add it: The usual English name. [field-missing]
methods_bad/year-as-title.md:2:8: title is written 1984 without quotation marks, which YAML reads as a number. Write title: "1984". [yaml-trap]
methods_bad/year-unlikely.md:5:56: 19 is not a likely year. Write the year in four figures, from 1500 to next year. [year-unlikely]
""".strip().splitlines()
FILES = [path.name for path in method_files(BAD)]


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    """What one run makes of the whole folder, by file name."""
    checked = check_across([read_method_file(BAD, path) for path in method_files(BAD)])
    return {Path(reading.path).name: reading for reading in checked}


@pytest.mark.parametrize("name", FILES)
def test_each_bad_file_says_exactly_what_to_mend(name: str, readings: dict[str, Reading]) -> None:
    expected = [line for line in EXPECTED if line.startswith(f"{BAD.name}/{name}:")]
    assert [str(problem) for problem in readings[name].problems] == expected
    assert bool(expected) == (name not in PARTNERS)


def test_one_run_reports_everything_in_the_order_of_files_and_lines(
    readings: dict[str, Reading],
) -> None:
    printed = [str(problem) for reading in readings.values() for problem in reading.problems]
    assert printed == EXPECTED


def test_only_files_without_an_error_stay(readings: dict[str, Reading]) -> None:
    kept = [name for name, reading in readings.items() if reading.usable]
    assert kept == sorted(PARTNERS + WARNED_ONLY)


def test_the_command_prints_it_all_and_ends_with_1(tmp_path: Path) -> None:
    folders = {"CATALOGUE_METHODS_DIR": str(BAD), "CATALOGUE_INDEX_DIR": str(tmp_path)}
    result = CliRunner().invoke(main, ["check"], env=folders)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert [line for line in result.stdout.splitlines() if line in EXPECTED] == EXPECTED
