"""The issue forms of the forge: suggest a method, report a problem; options from the vocabulary.

`catalogue generate` writes them below .github/ISSUE_TEMPLATE/. They are for people who will not
write a file: somebody else turns what they say into one.
"""

from __future__ import annotations

from typing import Any

import yaml

from catalogue.vocabulary import VOCABULARY, Facet

Element = dict[str, Any]

HEAD = "# Made by `catalogue generate` from catalogue/authoring/reference/issue_form.py. Do not edit it here.\n"
NOT_SURE = "I am not sure"
PROBLEMS = (
    "A fact, a figure or a name is wrong",
    "A link leads nowhere, or somewhere else",
    "Something important is missing",
    "It is unfair, or it hurts somebody",
    "It is hard to understand",
    "The page does not work for me",
    "Something else",
)


class _Dumper(yaml.SafeDumper):
    """Writes a text of several lines as such, so that people can read the file."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Set list items in, as the other files of the folder do."""
        super().increase_indent(flow, False)


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _write_text)


def suggest_form() -> str:
    """Return the form for suggesting a method, as the text of its file."""
    facets = VOCABULARY.facets
    return _text(
        name="Suggest a method",
        description="Tell us of a way to involve people that the catalogue lacks. No file, no git.",
        title="New method: ",
        labels=["new method"],
        body=[
            _note(
                "Thank you. Write what you know; leave the rest empty. Somebody will turn it into "
                "a page and ask you if something is not clear.\n\n"
                "Please look first whether we have it already, perhaps by another name. "
                "We answer within ten days."
            ),
            _line("title", "What is it called?", "Example: Citizens' jury", required=True),
            _line("aliases", "Other names for it", "Example: Community jury, people's panel"),
            _lines("summary", "What happens, in one sentence?",
                   "Example: Twelve residents drawn by lottery hear evidence and give a verdict.",
                   required=True),
            _choice("What is it for?", facets["purpose"], required=True),
            _choice("Who takes part?", facets["audience"]),
            _choice("What does it cost, without the time of your own staff?", facets["cost"]),
            _choice("Where does it happen?", facets["format"]),
            _line("group_size", "How many people take part?", "Example: 12 to 24"),
            _line("time", "How long does it take?",
                  "Example: three days for those who take part, four months to prepare"),
            _lines("steps", "How is it run?", "Example: First … Then … At the end …"),
            _lines("case", "One real case",
                   "Example: Leeds, 2019: 25 residents, 12 recommendations. https://example.org/leeds"),
            _lines("sources", "Where can we read about it?",
                   "Example: the guide of a university, with its address",
                   note="Two if you can, one of them by somebody who does not sell or promote it.",
                   required=True),
            _line("credit", "May we name you, and how?",
                  "Example: Ada Example, https://example.org/ada. Empty: we name nobody."),
            _licence(),
        ],
    )  # fmt: skip


def problem_form() -> str:
    """Return the form for reporting a problem with a page, as the text of its file."""
    return _text(
        name="Report a problem",
        description="Something on a page is wrong, missing, unfair or does not work.",
        title="Problem: ",
        labels=["problem"],
        body=[
            _note(
                "Thank you for telling us. A weak spot in the security of the site does not belong "
                "here, because everybody can read this: see the file SECURITY.md."
            ),
            _line("page", "Which page?", "Example: /methods/citizens-jury", required=True),
            _dropdown("kind", "What kind of problem is it?", PROBLEMS, several=True),
            _lines("problem", "What is wrong?",
                   "Example: The page says £5,000, the source says £50,000.", required=True),
            _lines("better", "What would be right, and where did you read it?",
                   "Example: https://example.org/costs, table 2"),
        ],
    )  # fmt: skip


def option_texts(facet: Facet) -> list[str]:
    """Return how each option of a facet stands in a form: its label and what it means."""
    return [f"{o.label} ({o.help})" if o.help else o.label for o in facet.options]


def _text(**form: Any) -> str:
    written = yaml.dump(form, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    return f"{HEAD}{written}"


def _note(text: str) -> Element:
    return {"type": "markdown", "attributes": {"value": text}}


def _field(type_: str, name: str, required: bool, **attributes: Any) -> Element:
    return {
        "type": type_,
        "id": name,
        "attributes": {key: value for key, value in attributes.items() if value},
        "validations": {"required": required},
    }


def _line(name: str, label: str, example: str, required: bool = False) -> Element:
    return _field("input", name, required, label=label, placeholder=example)


def _lines(name: str, label: str, example: str, note: str = "", required: bool = False) -> Element:
    return _field("textarea", name, required, label=label, description=note, placeholder=example)


def _choice(label: str, facet: Facet, required: bool = False) -> Element:
    # A required choice of several has no use for "not sure": any of them will do.
    extra = () if required else (NOT_SURE,)
    options = (*option_texts(facet), *extra)
    return _dropdown(facet.field, label, options, facet.several, required)


def _dropdown(
    name: str, label: str, options: tuple[str, ...], several: bool, required: bool = False
) -> Element:
    note = "Choose as many as are true." if several else ""
    return _field("dropdown", name, required, label=label, description=note, multiple=several,
                  options=list(options))  # fmt: skip


def _licence() -> Element:
    (licence,) = VOCABULARY.choices["licence"].options
    agreed = (
        f"What I write here is in my own words, and anybody may use it under {licence.label} "
        "(https://creativecommons.org/licenses/by/4.0/)."
    )
    return {
        "type": "checkboxes",
        "id": "licence",
        "attributes": {"label": "Licence", "options": [{"label": agreed, "required": True}]},
    }
