"""Other names and their languages: a name that is not English may end with its language in brackets, "Bürgerrat [de]"."""

from __future__ import annotations

import re

# The languages of Europe and those that its towns speak most besides, by their codes in BCP 47, which HTML wants.
LANGUAGES = tuple(
    ["ar", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "es", "et", "eu", "fi", "fr", "ga", "gd", "gl", "gu", "hi", "hr", "hu", "is", "it", "ja", "ko", "lt", "lv", "mt", "nb", "nl", "no", "pa", "pl", "pt", "ro", "ru", "se", "sk", "sl", "sq", "sr", "sv", "tr", "uk", "ur", "zh"]
)  # fmt: skip
_MARKED = re.compile(r"(?P<name>.*\S)\s*\[(?P<language>[A-Za-z]{2,3})\]")


def split_language(written: str) -> tuple[str, str]:
    """Return the name and the code of its language, as they are written in a method file; "" where none is given."""
    marked = _MARKED.fullmatch(written)
    return (marked["name"], marked["language"]) if marked else (written, "")
