"""What the file of a method that is here already would change of its page."""

from __future__ import annotations

from catalogue.model.fields import FIELDS
from catalogue.model.method import Method
from catalogue.vocabulary import VOCABULARY


def changed_parts(before: Method, after: Method) -> tuple[str, ...]:
    """Return the fields, by their names in the file, and the headings of the texts in which two versions of a method differ."""
    names = [
        field.name for field in FIELDS if getattr(before, field.name) != getattr(after, field.name)
    ]
    if before.languages != after.languages and "aliases" not in names:
        names.append("aliases")
    old, new = (
        {section.id: section.markdown for section in method.sections} for method in (before, after)
    )
    names += [
        section.heading
        for name, section in VOCABULARY.sections.items()
        if old.get(name) != new.get(name)
    ]
    return tuple(names)
