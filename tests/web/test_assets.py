"""Files have names that change with their content, come compressed, and load each other by those names."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from catalogue.settings import PROJECT
from catalogue.web import create_app
from catalogue.web.assets import BUNDLES, IMMUTABLE, REVALIDATE, Assets
from tests.support.page import PageClient

STATIC = PROJECT / "static"
FILES = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file())


def folder(tmp_path: Path, **files: str) -> Path:
    """Write files; "__" in a name stands for a dot and "_in_" for a folder."""
    for name, text in files.items():
        path = tmp_path.joinpath(*reversed(name.replace("__", ".").split("_in_")))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def body(assets: Assets, name: str) -> str:
    found = assets.find(name)
    assert found is not None
    return found[0].bodies[""].decode("utf-8")


def hashed(assets: Assets, name: str) -> str:
    found = assets.find(name)
    assert found is not None
    return found[0].hashed


def loaded(page: PageClient, address: str) -> list[str]:
    """Return the addresses of all that a page loads, and of the script it may load later."""
    soup = page.get(address)
    found = [(tag.get("href") or tag.get("src")) for tag in soup.select(
        "link[rel=stylesheet], link[rel=icon], script, img")]  # fmt: skip
    found += [tag["data-suggest"] for tag in soup.select("[data-suggest]")]
    return sorted({str(address) for address in found})


def test_what_pages_load_is_kept_for_good(client: FlaskClient, page: PageClient) -> None:
    addresses = loaded(page, "/")
    assert len(addresses) == 4
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == IMMUTABLE


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_there_under_its_plain_name_and_asked_for_again(
    client: FlaskClient, name: str
) -> None:
    response = client.get(f"/static/{name}")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == REVALIDATE
    if not name.endswith("suggest.js"):  # it names the file it loads by its hash
        assert response.get_data() == (STATIC / name).read_bytes()


def test_a_hash_of_yesterday_gets_the_file_of_today_and_is_not_kept(
    client: FlaskClient, page: PageClient
) -> None:
    for address in loaded(page, "/"):
        old = re.sub(r"\.[0-9a-f]{12}\.", ".000000000000.", address)
        assert old != address
        response = client.get(old)
        assert response.get_data() == client.get(address).get_data()
        assert response.headers["Cache-Control"] == REVALIDATE


@pytest.mark.parametrize("name", ["site.css", "catalogue.js"])
def test_a_file_comes_as_it_was_compressed_at_start(
    client: FlaskClient, page: PageClient, name: str
) -> None:
    stem, end = name.split(".")
    (address,) = [a for a in loaded(page, "/") if re.search(rf"/{stem}\.\w+\.{end}$", a)]
    plain, br, zipped = (
        client.get(address, headers={"Accept-Encoding": encoding})
        for encoding in ("", "br", "gzip")
    )
    assert brotli.decompress(br.get_data()) == plain.get_data()
    assert gzip.decompress(zipped.get_data()) == plain.get_data()
    assert len(br.get_data()) < len(zipped.get_data()) < len(plain.get_data()) / 2
    assert [r.headers.get("Content-Encoding") for r in (plain, br, zipped)] == [None, "br", "gzip"]
    for response in (plain, br, zipped):
        assert response.headers.getlist("Vary") == ["Accept-Encoding"]
    assert len({response.headers["ETag"] for response in (plain, br, zipped)}) == 3


def test_who_has_a_file_already_gets_304(client: FlaskClient) -> None:
    address = "/static/catalogue.css"
    full = client.get(address, headers={"Accept-Encoding": "br"})
    tag = full.headers["ETag"]
    assert not tag.startswith("W/")
    again = client.get(address, headers={"Accept-Encoding": "br", "If-None-Match": tag})
    assert (again.status_code, again.get_data()) == (304, b"")
    assert again.headers["Vary"] == "Accept-Encoding"
    other = client.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": tag})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("catalogue.css", "text/css; charset=utf-8"),
        ("catalogue.js", "text/javascript; charset=utf-8"),
        ("mark.svg", "image/svg+xml"),
    ],
)
def test_a_file_says_what_it_is(client: FlaskClient, name: str, content_type: str) -> None:
    assert client.get(f"/static/{name}").content_type == content_type


def test_the_bundle_is_the_vendored_style_sheet_and_then_ours(client: FlaskClient) -> None:
    parts = [(STATIC / part).read_bytes() for part in BUNDLES["site.css"]]
    assert [part.name for part in map(Path, BUNDLES["site.css"])] == [
        "govuk-frontend-6.6.0.css",
        "catalogue.css",
        "drawings.css",
        "pictures.css",
        "print.css",
    ]
    assert client.get("/static/site.css").get_data() == b"\n".join(parts)


def test_the_hash_follows_the_content(tmp_path: Path) -> None:
    one = hashed(Assets(folder(tmp_path, a__css="p {}")), "a.css")
    other = hashed(Assets(folder(tmp_path, a__css="q {}")), "a.css")
    again = hashed(Assets(folder(tmp_path, a__css="p {}")), "a.css")
    assert one == again != other
    assert re.fullmatch(r"a\.[0-9a-f]{12}\.css", one)


def test_the_hash_follows_what_a_file_loads(tmp_path: Path) -> None:
    style = "p { background: url(mark.svg) }"
    one = hashed(Assets(folder(tmp_path, a__css=style, mark__svg="<svg/>")), "a.css")
    other = hashed(Assets(folder(tmp_path, mark__svg="<svg></svg>")), "a.css")
    assert one != other


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("url(mark.svg)", "url(./{mark})"),
        ("url('mark.svg')", "url('./{mark}')"),
        ('url( "./mark.svg" )', 'url( "./{mark}" )'),
        ("url(vendor/dot.svg)", "url(./{dot})"),
        ("url(data:image/png;base64,AA)", "url(data:image/png;base64,AA)"),
        ("url(nothing.svg)", "url(nothing.svg)"),
        ("url(../outside.svg)", "url(../outside.svg)"),
    ],
)
def test_styles_load_files_by_their_hashes(tmp_path: Path, written: str, read: str) -> None:
    assets = Assets(
        folder(tmp_path, a__css=written, mark__svg="<svg/>", dot__svg_in_vendor="<svg> </svg>")
    )
    names = {"mark": hashed(assets, "mark.svg"), "dot": hashed(assets, "vendor/dot.svg")}
    assert body(assets, "a.css") == read.format(**names)


def test_a_bundle_loads_files_as_seen_from_where_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalogue.web.assets.BUNDLES", {"all.css": ("vendor/b.css",)})
    assets = Assets(
        folder(tmp_path, b__css_in_vendor="url(dot.svg) url(../mark.svg)", dot__svg_in_vendor="<svg/>",
               mark__svg="<svg> </svg>")
    )  # fmt: skip
    dot, mark = hashed(assets, "vendor/dot.svg"), hashed(assets, "mark.svg")
    assert body(assets, "all.css") == f"url(./{dot}) url(./{mark})"
    assert body(assets, "vendor/b.css") == f"url(./{Path(dot).name}) url(../{mark})"


def test_scripts_load_scripts_by_their_hashes(client: FlaskClient, page: PageClient) -> None:
    (address,) = [a for a in loaded(page, "/") if "/suggest." in a]
    (name,) = re.findall(r'^import Combobox from "\./([^"]+)"', client.get(address).text, re.M)
    response = client.get(f"/static/{name}")
    assert response.headers["Cache-Control"] == IMMUTABLE
    assert response.get_data() == (STATIC / "vendor" / "combobox-nav-3.0.2.js").read_bytes()


def test_scripts_that_load_each_other_are_served_all_the_same(tmp_path: Path) -> None:
    assets = Assets(folder(tmp_path, a__js='import "./b.js"', b__js='import "./a.js"'))
    assert body(assets, "a.js") == f'import "./{hashed(assets, "b.js")}"'
    assert body(assets, "b.js") == 'import "./a.js"'


def test_a_symbolic_link_is_not_served(tmp_path: Path) -> None:
    (tmp_path / "outside.css").write_text("secret", encoding="utf-8")
    place = folder(tmp_path / "static", a__css="p {}")
    (place / "link.css").symlink_to(tmp_path / "outside.css")
    assert Assets(place).find("link.css") is None


@pytest.mark.parametrize(
    "name",
    ["nothing.css", "nothing.0123456789ab.css", "../app.py", "vendor", "nothing.css/", ".css"],
)
def test_other_names_are_not_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_below_a_prefix_files_are_named_with_it(app: Flask) -> None:
    settings = app.extensions["catalogue"].settings
    site = create_app(replace(settings, site_url="https://example.org/catalogue"))
    text = site.test_client().get("/").text
    (link,) = BeautifulSoup(text, "html.parser").select("link[rel=stylesheet]")
    assert str(link["href"]).startswith("/catalogue/static/site.")


def test_a_name_that_does_not_exist_is_a_fault_where_it_is_used() -> None:
    with pytest.raises(KeyError, match="nothing"):
        Assets(STATIC).url("nothing")
