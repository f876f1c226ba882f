"""Uses are part of a build: a change of one makes a new build, and a faulty one is left out and named."""

from __future__ import annotations

from pathlib import Path

from catalogue.build.builder import build
from catalogue.build.sources import sources_fingerprint, sources_signature
from catalogue.search.live_build import LiveBuild
from catalogue.search.snapshot import Snapshot
from catalogue.settings import Settings
from catalogue.storage.folder import engine_fingerprint
from tests.support.command import FINE, PROBLEMS, Command
from tests.support.uses import write_three, write_use


def test_a_new_changed_or_deleted_use_makes_a_new_build(settings: Settings) -> None:
    methods, index = settings.methods_dir, settings.index_dir
    fingerprints = [build(methods, index).manifest.fingerprint]
    file = write_use(methods)
    fingerprints.append(build(methods, index).manifest.fingerprint)
    write_use(methods, place='"Hillton"')
    result = build(methods, index)
    fingerprints.append(result.manifest.fingerprint)
    assert len(set(fingerprints)) == 3
    # No page of a method is rendered for it.
    assert (result.made, result.rendered) == (True, 0)
    assert not build(methods, index).made
    file.unlink()
    assert build(methods, index).manifest.fingerprint == fingerprints[0]


def test_the_fingerprint_of_the_files_and_their_state_follow_the_uses(settings: Settings) -> None:
    methods = settings.methods_dir
    before = sources_signature(methods)
    write_use(methods)
    assert sources_signature(methods) != before
    made = build(methods, settings.index_dir).manifest.fingerprint
    assert sources_fingerprint(methods, engine_fingerprint()) == made


def test_a_build_keeps_the_uses_of_its_methods_the_newest_first(settings: Settings) -> None:
    write_three(settings.methods_dir)
    write_use(settings.methods_dir, "elsewhere", method="no-such-method")
    build(settings.methods_dir, settings.index_dir)
    uses = LiveBuild(settings).snapshot().uses
    assert {slug: [use.slug for use in found] for slug, found in uses.items()} == {
        "harvest-jury": ["use-3", "use-2", "use-1"]
    }


def test_a_faulty_use_is_left_out_and_reported(settings: Settings) -> None:
    write_use(settings.methods_dir)
    write_use(settings.methods_dir, "bad", when="soon")
    result = build(settings.methods_dir, settings.index_dir)
    found = [str(problem) for problem in result.problems if problem.path.startswith("uses/")]
    assert found == [
        'uses/bad.yaml:4:7: when is not a month ("soon"). Write year and month: YYYY-MM. [month-unreadable]'
    ]
    slugs = [use.slug for use in Snapshot(result.folder).uses["harvest-jury"]]
    assert slugs == ["barnton"]


def test_check_reads_the_uses_with_the_methods(settings: Settings) -> None:
    write_use(settings.methods_dir, method="harvest-jurry")
    result = Command(settings)("check")
    assert result.exit_code == PROBLEMS
    assert [line for line in result.stdout.splitlines() if line.startswith("uses/")] == [
        'uses/barnton.yaml:1:9: there is no method "harvest-jurry". Did you mean "harvest-jury"? [use-method-unknown]'
    ]
    assert result.stderr.startswith("1 thing to mend in 1 of 7 files.")


def test_check_reads_one_use_alone_and_does_not_mend_it(settings: Settings) -> None:
    file = write_use(settings.methods_dir, again="maybe")
    result = Command(settings)("check", "--fix", file)
    assert result.exit_code == PROBLEMS
    assert [line.rpartition(" ")[2] for line in result.stdout.splitlines()] == ["[option-unknown]"]
    write_use(settings.methods_dir)
    result = Command(settings)("check", file)
    assert (result.exit_code, result.stderr) == (FINE, "uses/barnton.yaml is ready.\n")


def test_export_writes_all_uses_into_one_table(settings: Settings, tmp_path: Path) -> None:
    write_three(settings.methods_dir, what_changed='"=A road"')
    file = tmp_path / "out" / "uses.csv"
    result = Command(settings)("export", "uses", file)
    assert (result.exit_code, result.stdout) == (FINE, f"3 reports written to {file}.\n")
    rows = file.read_text(encoding="utf-8-sig").splitlines()
    assert rows[0].startswith("report,method_title,method,size,organiser,place,country,when,people")
    assert [row.partition(",")[0] for row in rows[1:]] == ["use-3", "use-2", "use-1"]
    # No spreadsheet takes what somebody wrote for a formula.
    assert all(",'=A road," in row for row in rows[1:])
