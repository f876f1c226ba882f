"""Reads the texts of texts/ again when they change, on a site in development (the setting RELOAD)."""

from __future__ import annotations

from flask import Flask

from catalogue.rendering.site_texts import TEXTS_DIR, load_texts, text_names
from catalogue.search.query.guidance import guidance_index
from catalogue.validation.guides import load_advice, load_guidance

READ_ONCE = (load_texts, load_guidance, load_advice, guidance_index)


def register(app: Flask) -> None:
    """Look before each request whether a text has changed, and forget what was made of them if so."""
    last = _stamps()

    @app.before_request
    def forget_changed_texts() -> None:
        nonlocal last
        now = _stamps()
        if now != last:
            last = now
            for read in READ_ONCE:
                read.cache_clear()


def _stamps() -> list[tuple[str, int, int]]:
    """Return the name, the moment of the last change and the size of each text."""
    stamps = []
    for name in text_names(TEXTS_DIR):
        try:
            found = (TEXTS_DIR / name).stat()
        except OSError:  # taken away meanwhile
            continue
        stamps.append((name, found.st_mtime_ns, found.st_size))
    return stamps
