"""Takes a file back into a form: the answers that make it, as its values stand there.

The other direction of authoring/form/form_data.py, for a draft or a report that was downloaded. Nothing is judged: what is
wrong in the file comes back beside its question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from catalogue.authoring.form.questions import RECORDS, beginning, parts, section_name
from catalogue.authoring.form.use_form import START
from catalogue.model.fields import FIELDS, Field
from catalogue.model.problems import Problem
from catalogue.uses.use import FIELDS as USE_FIELDS
from catalogue.validation.composites import NOTHING
from catalogue.validation.front_matter import Node, split_fields, split_file
from catalogue.validation.guard import guarded
from catalogue.validation.reader import MAX_BYTES
from catalogue.validation.sections import read_body

# The first option of these has a question of its own.
MAIN_FIRST = ("purposes", "level")
# Problems of what no question asks for or cannot be read: a form would lose it.
LOST = ("front-matter-", "yaml-", "field-unknown", "key-repeated", "wrong-type", "heading-unknown",
        "heading-repeated", "text-before-heading", "file-conflict")  # fmt: skip

Answers = dict[str, list[str]]


def method_answers(text: str) -> Answers:
    """Return the answers of the form that make the text of a method file, by the names of its controls.

    Never raises for what is in the text: what cannot be read gives no answers.
    """
    return guarded("", _method_answers, _cut(text))[0] or {}


def _method_answers(text: str) -> Answers:
    split, _ = split_file("", text)
    answers = _answers(FIELDS, "", split.fields)
    for section in read_body("", split.body, split.body_line)[0]:
        answers.setdefault(section_name(section.id), [section.markdown])
    return answers


def use_answers(text: str) -> Answers:
    """Return the answers of the form “I used this” that make the text of a report from practice, as above."""
    return guarded("", _use_answers, _cut(text))[0] or {}


def _use_answers(text: str) -> Answers:
    return _answers(USE_FIELDS, f"{START}-", split_fields("", text)[0].fields)


def _cut(text: str) -> str:
    """Return as much of a text as a file may have, with the ends of lines that forms make put right."""
    return text.replace("\r\n", "\n")[:MAX_BYTES]


def loses(problems: Iterable[Problem]) -> bool:
    """Whether a file with these problems holds anything that a form would lose."""
    return any(p.code.startswith(LOST) and p.code != "yaml-trap" for p in problems)


def unasked(text: str) -> list[str]:
    """Return the fields of a method file that the form has no question for, or not as many as it needs."""
    groups = [*beginning(), *(group for part in parts() for group in part.groups)]
    asked = {question.field for group in groups for question in group.questions} | {"licence"}
    return [
        name
        for name, node in split_file("", text)[0].fields.items()
        if name not in asked or (name in RECORDS and len(node.value) > RECORDS[name][1])
    ]


def _answers(fields: Iterable[Field], start: str, nodes: Mapping[str, Node]) -> Answers:
    return {
        name: given
        for field in fields
        if field.name in nodes
        for name, given in _given(field, f"{start}{field.name}", nodes[field.name])
    }


def _given(field: Field, name: str, node: Node) -> Iterator[tuple[str, list[str]]]:
    """Yield the controls of a field, whose names begin with `name`, each with its answers."""
    if node.kind in NOTHING:
        return
    if isinstance(node.value, dict):
        if field.type == "sentences":
            inside = [Field(option, "text", "") for option in node.value]
        else:
            inside = list(field.fields)
        yield from _answers(inside, f"{name}-", node.value).items()
    elif isinstance(node.value, list) and field.type == "records":
        for number, item in enumerate(node.value, 1):
            if isinstance(item.value, dict):
                yield from _answers(field.fields, f"{name}-{number}-", item.value).items()
    elif isinstance(node.value, list):
        items = [item.value for item in node.value if isinstance(item.value, str)]
        if name in MAIN_FIRST:
            yield f"{name}-main", items[:1]
            items = items[1:]
        yield name, items if field.type == "choices" else ["\n".join(items)]
    else:
        yield name, [node.value]
