"""Small signs on pages for what the data says in words: "(our estimate)" and "undated".

A method may say either thirty times. A page shows a sign each time, the words for those who hear the page, and a legend that
explains the signs; files, builds and the API keep the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from catalogue.i18n import N_


@dataclass(frozen=True)
class Sign:
    """A sign, the class of its element, its meaning in the legend, and the words that it stands for in text or HTML."""

    sign: str
    name: str
    meaning: str
    words: re.Pattern[str]


# Never inside a tag, whose end would come before the next beginning.
_IN_TEXT = r"(?![^<>]*>)"
SIGNS = (
    Sign("≈", "estimate", N_("our estimate"), re.compile(
        rf"(?:\s*\(our estimate\)|[;,]\s*our estimate(?=[).;,<]|$)|^our estimate(?:[;,:]|$)){_IN_TEXT}",
        re.IGNORECASE)),
    Sign("†", "undated", N_("the source has no date"), re.compile(
        rf"(?:\s*\(undated\)|,\s*undated\b){_IN_TEXT}", re.IGNORECASE)),
)  # fmt: skip


def with_signs(html: str) -> str:
    """Return safe HTML with the signs in it; the words stay for screen readers."""
    for sign in SIGNS:
        html = sign.words.sub(
            rf'<span class="sign sign--{sign.name}" aria-hidden="true">{sign.sign}</span>'
            r'<span class="govuk-visually-hidden">\g<0></span>',
            html,
        )
    return html


def text_with_signs(text: str) -> Markup:
    """Return a text, such as a note of a fact, as safe HTML with the signs in it."""
    return Markup(with_signs(str(escape(text))))  # noqa: S704


def signs_in(texts: Iterable[str]) -> list[Sign]:
    """Return the signs that some texts or HTML get."""
    joined = list(texts)
    return [sign for sign in SIGNS if any(map(sign.words.search, joined))]
