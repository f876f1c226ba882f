"""What the properties of JSON responses mean where the type cannot say it: those of the model, and of its parts.

A meaning marked by N_ is translated where it is shown.
"""

from __future__ import annotations

from catalogue.i18n import N_

# What the other properties mean, by class and property; the vocabulary explains the rest of a method.
MEANINGS: dict[str, dict[str, str]] = {
    "Method": {
        "aliases": N_("Its other names."),
        "languages": N_(
            "The languages of other names that are not English, by name: codes such as de or cy."
        ),
        "asked_as": N_("Needs it answers, as people put them."),
        "sources": N_("Where the facts are from."),
        "cost": N_("What one run costs outside the organisation."),
        "staff_days": N_("Days of your own staff."),
        "not_for": N_("What it will not deliver."),
        "inclusion": N_("How it includes people who are often left out."),
        "related": N_("Methods to look at beside it, by slug."),
        "was": N_("Names it had in addresses before."),
        "split_from": N_(
            "Names of methods in addresses that were divided into this one and others."
        ),
        "cases": N_("Real uses."),
        "contributors": N_("Who worked on the page."),
        "added": N_("The day on which it came into the catalogue."),
        "licence": N_("The licence of the text."),
        "sizes": N_("The sizes in which it can be run, with all their figures."),
        "sections": N_("The text, part by part."),
    },
    "People": {
        "low": N_("The smallest."),
        "high": N_("The largest; null means that there is no upper limit."),
        "note": N_("A remark, such as where the numbers come from."),
        "counts": N_("What is counted: people taking part, people reached, or requests."),
    },
    "Range": {
        "low": N_("The smallest."),
        "high": N_("The largest; null means that there is no upper limit."),
        "note": N_("A remark, such as where the numbers come from."),
    },
    "Cost": {"note": N_("A remark on the figures.")},
    "Case": {
        "title": N_("What it was called."),
        "outcome": N_("What came of it."),
        "place": N_("Where it was."),
        "country": N_("In which country."),
        "sector": N_("The part of public life it was about."),
        "year": N_("When it was."),
        "participants": N_("How many people took part."),
        "result": N_("Whether it worked."),
        "url": N_("Where to read about it."),
    },
    "Source": {
        "title": N_("What it is called."),
        "by": N_("Who published it."),
        "year": N_("When it came out."),
        "url": N_("Where to read it."),
        "independent": N_("True if its publisher does not promote the method."),
    },
    "Credit": {
        "name": N_("Who it was."),
        "role": N_("What they did."),
        "url": N_("Where to find them."),
    },
    "Suggestion": {
        "kind": N_("What it is: method, name (another name of a method) or purpose."),
        "text": N_("What to show."),
        "path": N_("The address it leads to."),
        "also": N_("The title of the method that has this other name."),
        "language": N_("The code of the language of a name that is not English; else empty."),
    },
}
