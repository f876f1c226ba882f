"""The parameters of a plan, for the OpenAPI document: made from the questions of the planner."""

from __future__ import annotations

from typing import Any

from catalogue.i18n import gettext
from catalogue.planner.answers import MAX_TEXT, NOT_SURE, NUMBERS, ONE_OF, SEVERAL_OF
from catalogue.presentation.plans.plan_types import PlanAnswer
from catalogue.presentation.plans.questions import QUESTIONS
from catalogue.urls import PATHS
from catalogue.vocabulary import VOCABULARY
from catalogue.web.api.search_parameters import Schema, parameter


def plan_operation() -> tuple[str, Any, tuple[Schema, ...], str]:
    """Return the summary, the type of the response, the parameters and an example of the plan's operation."""
    summary = gettext("A plan for some answers: a short process, and single methods with reasons.")
    example = f"{PATHS.api_plan}?purpose=deliberate&level=involve&weeks=12&budget=5000"
    parameters = [parameter(q.name, gettext(q.label), _schema(q.name)) for q in QUESTIONS]
    words = gettext("The situation in your own words; what it says is read as answers.")
    parameters.append(parameter("text", words, {"type": "string", "maxLength": MAX_TEXT}))
    return summary, PlanAnswer, tuple(parameters), example


def _schema(name: str) -> Schema:
    if name in ONE_OF:
        return {"type": "string", "enum": [*ONE_OF[name], NOT_SURE]}
    if name in NUMBERS:
        return {"type": "string", "examples": [VOCABULARY.ranges[name].example]}
    if name in SEVERAL_OF:
        options, most = SEVERAL_OF[name]
        values = {"type": "string", "enum": [*options, NOT_SURE]}
        return {"type": "array", "items": values, "maxItems": most}
    return {"type": "array", "items": {"type": "string"}}
