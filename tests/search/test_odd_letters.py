"""Names of any language and spelling are found, marked, sorted and told apart, through the build and the search."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.build.builder import build
from catalogue.search.autocomplete import suggest
from catalogue.search.highlights import mark
from catalogue.search.snapshot import Snapshot
from catalogue.settings import Settings
from catalogue.storage.fulltext import SearchIndex, stems_in
from tests.support.editing import change
from tests.support.search_helpers import asked, document, index_of, ranked, slugs

NAMES = {
    "nfd": "Re\u0301union de quartier",
    "soft": "Par\u00adtici\u00adpatory theatre",
    "turkish": "İzmir kent konseyi",
    "french": "Cœur de ville",
    "danish": "Borgersamråd Ærø",
    "german": "Große Straße",
    "polish": "Łódzki panel",
    "greek": "Συνέλευση πολιτών της Αθήνας",
    "japanese": "市民会議の進め方",
    "chinese": "参与式预算",
    "korean": "시민의회와 공론화",
    "thai": "การประชุมประชาชน",
    "hindi": "ग्राम सभा की बैठक",
    "arabic": "الموازنة التشارُكيّة",
    "kyoto": "京都と東北の会",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    """One document for each name."""
    documents = (document(slug, title=name) for slug, name in NAMES.items())
    return index_of(tmp_path_factory.mktemp("names"), *documents)


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("réunion", "nfd"), ("re\u0301union", "nfd"), ("REUNION", "nfd"), ("participatory", "soft"),
        ("izmir", "turkish"), ("İZMİR", "turkish"), ("coeur", "french"), ("cœur", "french"), ("aero", "danish"),
        ("samråd ærø", "danish"), ("strasse", "german"), ("GROSSE", "german"), ("lodzki", "polish"),
        ("αθηνας", "greek"), ("ΣΥΝΕΛΕΥΣΗ", "greek"), ("πολίτων", "greek"), ("会議", "japanese"), ("進", "japanese"),
        ("预算", "chinese"), ("参与", "chinese"), ("공론화", "korean"), ("시민", "korean"), ("ประชาชน", "thai"),
        ("बैठक", "hindi"), ("التشاركية", "arabic"), ("東北", "kyoto"),
    ],
)  # fmt: skip
def test_a_name_or_a_part_of_it_is_found_however_it_is_typed(
    index: SearchIndex, typed: str, slug: str
) -> None:
    assert ranked(index, typed)[:1] == [slug]
    assert ranked(index, f'"{typed}"'.replace('"samråd ærø"', "ærø")) == [slug]


def test_letters_of_a_script_without_spaces_match_side_by_side_alone(index: SearchIndex) -> None:
    assert ranked(index, "東京") == []
    assert ranked(index, "京都") == ["kyoto"]


def test_the_letters_that_match_are_marked_as_one_piece() -> None:
    pieces = [(piece.text, piece.marked) for piece in mark("市民会議の進め方", stems_in("会議"))]
    assert pieces == [("市民", False), ("会議", True), ("の進め方", False)]
    text = "Par\u00adtici\u00adpatory re\u0301union"
    assert [piece.text for piece in mark(text, stems_in("réunion")) if piece.marked] == [
        "re\u0301union"
    ]


def renamed(methods_dir: Path, settings: Settings, **titles: str) -> Snapshot:
    """Build the six small methods with other titles."""
    for slug, title in titles.items():
        file = methods_dir / f"{slug.replace('_', '-')}.md"
        old = file.read_text(encoding="utf-8").split('title: "')[1].split('"')[0]
        change(file, f'title: "{old}"', f'title: "{title}"')
    return Snapshot(build(methods_dir, settings.index_dir).folder)


def test_titles_stand_where_a_dictionary_has_them(methods_dir: Path, settings: Settings) -> None:
    opened = renamed(
        methods_dir,
        settings,
        harvest_jury="École de jurés",
        barn_meeting="Zebra talks",
        orchard_walk="Łódź walk",
        reed_panel="eden panel",
        postcard_survey="Öffentliche Umfrage",
        web_idea_box="Online box",
    )
    assert [card.title for card in opened.cards] == [
        "École de jurés", "eden panel", "Łódź walk", "Öffentliche Umfrage", "Online box", "Zebra talks",
    ]  # fmt: skip


def test_a_decomposed_title_is_composed_and_found(methods_dir: Path, settings: Settings) -> None:
    opened = renamed(methods_dir, settings, harvest_jury="Jure\u0301s du village")
    assert "Jurés du village" in [card.title for card in opened.cards]
    for typed in ("jurés village", "jure\u0301s village", "JURES VILLAGE"):
        assert slugs(asked(opened, typed))[0] == "harvest-jury"


def test_part_of_a_name_is_suggested_in_any_script(methods_dir: Path, settings: Settings) -> None:
    opened = renamed(methods_dir, settings, harvest_jury="市民会議", orchard_walk="Cœur de ville")
    assert [s.path for s in suggest(opened, "会議")] == ["/methods/harvest-jury"]
    assert [s.path for s in suggest(opened, "coe")] == ["/methods/orchard-walk"]


def test_contributors_and_cases_stand_from_a_to_z(methods_dir: Path, settings: Settings) -> None:
    file = methods_dir / "harvest-jury.md"
    names = ("Zoë", "eve", "The Dancers", "Élan Club", "Łukasz", "Max", "Bob")
    lines = "".join(f'  - {{name: "{name}"}}\n' for name in names)
    text = file.read_text(encoding="utf-8")
    start = text.index("contributors:\n") + len("contributors:\n")
    rest = text[start:].split("\n")
    kept = next(n for n, line in enumerate(rest) if not line.startswith(" "))
    file.write_text(text[:start] + lines + "\n".join(rest[kept:]), encoding="utf-8")
    opened = Snapshot(build(methods_dir, settings.index_dir).folder)
    assert [person.name for person in opened.contributors] == [
        "Bob", "The Dancers", "Élan Club", "eve", "Łukasz", "Max", "Zoë",
    ]  # fmt: skip
    titles = [entry.case.title for entry in opened.cases]
    assert titles == sorted(titles, key=str.lower)
