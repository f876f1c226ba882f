"""Text is compressed as the visitor's program asks, by the rules of HTTP for Accept-Encoding."""

from __future__ import annotations

import gzip

import brotli
import pytest

from catalogue.web.middleware.compression import (
    MAX_HEADER_LENGTH,
    best_encoding,
    compress_file,
    compress_page,
    is_text,
)

TEXT = b"Twelve people drawn by lottery hear evidence. " * 50


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("", ""),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("br", "br"),
        ("br;q=0.5, gzip", "gzip"),
        ("br;q=0.5, gzip;q=0.5", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0, gzip;q=0", ""),
        ("*", "br"),
        ("*;q=0", ""),
        ("br;q=0, *", "gzip"),
        ("identity", ""),
        ("identity, gzip;q=0.5", ""),
        ("identity;q=0.5, gzip", "gzip"),
        ("deflate, zstd", ""),
        ("gzip;q=high", ""),
        (";;,=,br;;q", "br"),
        ("\x00\xff", ""),
        ("gzip, " + "x" * MAX_HEADER_LENGTH, ""),
    ],
)
def test_the_encoding_with_the_highest_quality_is_chosen(header: str, encoding: str) -> None:
    assert best_encoding(header) == encoding


def test_a_page_can_be_read_again_from_each_encoding() -> None:
    assert brotli.decompress(compress_page(TEXT, "br")) == TEXT
    assert gzip.decompress(compress_page(TEXT, "gzip")) == TEXT
    assert compress_page(TEXT, "") == TEXT


def test_the_same_page_compressed_twice_is_the_same_bytes() -> None:
    for encoding in ("br", "gzip"):
        assert compress_page(TEXT, encoding) == compress_page(TEXT, encoding)
    assert compress_page(TEXT, "gzip")[4:8] == bytes(4)  # where gzip would write the time


def test_a_file_can_be_read_again_from_each_encoding_and_is_not_larger_than_a_page() -> None:
    bodies = compress_file(TEXT)
    assert set(bodies) == {"br", "gzip", ""}
    assert bodies[""] == TEXT
    assert brotli.decompress(bodies["br"]) == TEXT
    assert gzip.decompress(bodies["gzip"]) == TEXT
    for encoding in ("br", "gzip"):
        assert len(bodies[encoding]) <= len(compress_page(TEXT, encoding))


@pytest.mark.parametrize(
    ("content_type", "text"),
    [
        ("text/html; charset=utf-8", True),
        ("TEXT/CSS", True),
        ("application/json", True),
        ("image/svg+xml", True),
        ("application/ld+json", True),
        ("application/vnd.oai.openapi+json", True),
        ("image/png", False),
        ("application/gzip", False),
        ("application/octet-stream", False),
        ("", False),
    ],
)
def test_only_text_is_worth_compressing(content_type: str, text: bool) -> None:
    assert is_text(content_type) is text
