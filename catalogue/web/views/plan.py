"""The planner: questions, a short process and single methods with reasons; and the page on how they are ranked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from catalogue.i18n import gettext, locale
from catalogue.model.sizes import USUAL, Run, runs
from catalogue.planner.answers import FREE, SEVERAL_OF, Answers
from catalogue.planner.own_words import Understood
from catalogue.planner.plan import Plan, make_plan
from catalogue.planner.rules import load_rules
from catalogue.planner.steps.costs import estimate, plan_totals
from catalogue.planner.steps.picked import look_up
from catalogue.planner.struck_out import usual_fits
from catalogue.presentation.drawings.pictures import picture_svg
from catalogue.presentation.drawings.scales import limit_marks, scale_rows
from catalogue.presentation.formatting import sums_text
from catalogue.presentation.notice_texts import notice_text
from catalogue.presentation.plans.plan_data import plan_data, value_text
from catalogue.presentation.plans.plan_texts import ASKED, LABELS
from catalogue.presentation.plans.questions import (
    BOXES,
    IN_TURN,
    QUESTIONS,
    option_label,
    question_views,
    turn,
)
from catalogue.presentation.plans.ranking_texts import ranking_parts
from catalogue.presentation.plans.step_texts import sum_texts
from catalogue.presentation.plans.why_not_texts import why_not_view
from catalogue.presentation.size_views import NAMES, size_figures
from catalogue.presentation.view_models import asked_range_text
from catalogue.search.chosen import Chosen, Pick
from catalogue.search.parameters import Notice
from catalogue.search.search_request import limits_query
from catalogue.urls import PATHS
from catalogue.validation.guides import load_guidance
from catalogue.vocabulary import VOCABULARY
from catalogue.web.choice.carried import add_links, choice_bar, known, split_choice, with_choice
from catalogue.web.choice.free_rooms import free_rooms
from catalogue.web.contribution_links import suggestion
from catalogue.web.guidance_context import guides_for
from catalogue.web.middleware.canonical_url import parsed_answers
from catalogue.web.request_context import live_build, query_string, snapshot, urls

blueprint = Blueprint("plan", __name__)


@blueprint.get(PATHS.plan)
def plan() -> ResponseReturnValue:
    """Ask, and suggest: every state of it has an address."""
    answers, carried = split_choice(query_string())
    asked, notices = parsed_answers(answers)
    made, chosen = make_plan(snapshot(), asked, today=date.today()), known(carried, snapshot())
    if "out" in request.args:
        return redirect(_taken_out(request.args["out"], made, chosen))
    if (name := request.args.get("ask", "")) in IN_TURN:
        return _one_question(name, made, chosen, notices)
    first, more = question_views(made)
    # A list from A to Z has no reasons.
    shown = (
        [*made.results, *(each.ranked for each in made.process)] if made.answers.has_aims else []
    )
    data = plan_data(made if shown else replace(made, results=()), notices)
    limits, for_steps = _limits(made.answers), _answers(made)
    return render_template(
        "plan/plan.html",
        plan=made,
        data=data,
        answered=bool(asked.pairs()),
        first=first,
        more=more,
        more_open=any(q.value or q.unsure or any(o.chosen for o in q.options) for q in more),
        labelled=_by_label(made, data["results"]),
        label_texts=LABELS,
        understood=[(_said(each), each.words, _key(each)) for each in made.understood],
        **_not_wanted(made),
        explained=[why_not_view(each, made) for each in made.explained],
        guides=guides_for(asked.text, f"{locale()}{urls().prefix}"),
        beyond=[why_not_view(each, made) for each in made.beyond],
        depends_on=gettext(ASKED[made.depends_on]) if made.depends_on else "", size_names=NAMES, asked=ASKED,
        stages=VOCABULARY.facets["stage"].by_value,
        pictures={each.method.slug: picture_svg(each.method.picture, each.method.family) for each in shown},
        scales={each.method.slug: scale_rows(runs(each.method), each.run.size, limits) for each in shown},
        limit_marks=limit_marks(limits),
        figures=[] if shown or not asked.pairs() else [(each.method, _in_its_size(each.run)) for each in made.results],
        limits=limits_query(limits, chosen),
        choose={each.method.slug: add_links(chosen, each.method.slug, [each.run.size], limits, for_steps) for each in shown},
        process_query=_process_query(made, chosen),
        usual_too=_usual_too(made, chosen, limits), usual_steps=_usual_steps(made, chosen),
        without_step=", ".join(gettext(VOCABULARY.facets["stage"].by_value[stage].label) for stage in made.without_step),
        limited=bool(limits), **_process_sums(made, limits),
        choice=choice_bar(chosen, snapshot(), f"{urls().plan}{asked.query()}", limits),
        carried=chosen.carried(),
        plan_query=chosen.plan_query(for_steps),
        changes=[(change, text["text"], with_choice(change.applied(made.answers).query(), chosen)) for change, text in zip(made.near_misses, data["near_misses"], strict=True)],
        rules={rule.slug: rule.title for rule in load_guidance().rules},
        missing=_missing(made), in_turn=_asking(IN_TURN[0], asked, chosen),
    )  # fmt: skip


def _in_its_size(run: Run) -> str:
    """Return the figures of a method in a list from A to Z, with the size that they are of; "" without any."""
    figures = size_figures(run)
    size = gettext(NAMES[run.size])
    return gettext("%(label)s: %(value)s", label=size, value=figures) if figures else ""


def _missing(made: Plan) -> str:
    """Return where to suggest a method for answers for which there is little; "" where there is enough.

    The answers go along, which are options and numbers; the own words stay here.
    """
    fits = any(each.label(made.rules) for each in made.results) or not made.answers.has_aims
    if fits and not made.beyond:
        return ""
    situation = ", ".join(f"{name}: {value}" for name, value in _answers(made))
    return suggestion(live_build().settings, situation) or urls().contribute_new


def _one_question(name: str, made: Plan, chosen: Chosen, notices: list[Notice]) -> str:
    """Ask one question; it goes on to the next with the answers so far, whether it is answered or not."""
    asked, shown = made.asked, turn(name, made)
    skipped = asked.without(name)
    return render_template(
        "plan/ask.html",
        plan=made,
        turn=shown,
        of=len(IN_TURN),
        ignored=[notice_text(notice, BOXES) for notice in notices],
        kept=[*skipped.pairs(), *chosen.carried()],
        back=_asking(shown.before, asked, chosen),
        skip=_asking(shown.after, skipped, chosen),
        suggest=_asking("", asked, chosen),
        choice=choice_bar(
            chosen, snapshot(), f"{urls().plan}{_asking(name, asked, Chosen())}", _limits(asked)
        ),
    )


def _asking(name: str, answers: Answers, chosen: Chosen) -> str:
    """Return the query string that asks a question by itself; with the name "" that of the suggestions."""
    query = with_choice(answers.query(), chosen)
    return f"{query}{'&' if query else '?'}ask={name}" if name else query


@blueprint.get(PATHS.how_we_rank)
def how_we_rank() -> ResponseReturnValue:
    """Show every weight, threshold and rule of the planner."""
    rules = load_rules()
    return render_template("plan/how_we_rank.html", rules=rules, parts=ranking_parts(rules),
                           titles={rule.slug: rule.title for rule in load_guidance().rules})  # fmt: skip


def _process_query(made: Plan, chosen: Chosen) -> str:
    """Return the query string of the page of a plan with the steps of the short process, for the same answers."""
    return replace(chosen, plan=_process_picks(made)).plan_query(_answers(made))


def _usual_too(made: Plan, chosen: Chosen, limits: dict[str, tuple[float, float]]) -> dict[str, tuple[str, str]]:  # fmt: skip
    """Return, by the suggestion in its light version whose usual run the money would pay too, what that costs, and the query that adds it to a plan."""
    found = {}
    for each in made.results:
        if run := usual_fits(each, made.methods, made.answers, made.rules):
            links = add_links(chosen, each.method.slug, [USUAL], limits, _answers(made))
            found[each.method.slug] = (sums_text(run.cost) if run.cost else "", links[USUAL].plan)
    return found


def _usual_steps(made: Plan, chosen: Chosen) -> dict[str, tuple[str, str]]:
    """Return the same for each step of the short process; the query opens the process with that step in its usual run."""
    found, picks = {}, _process_picks(made)
    for n, step in enumerate(made.process):
        if run := usual_fits(step.ranked, made.methods, made.answers, made.rules):
            taken = (*picks[:n], Pick(picks[n].slug), *picks[n + 1 :])
            query = replace(chosen, plan=taken).plan_query(_answers(made))
            found[picks[n].slug] = (sums_text(run.cost) if run.cost else "", query)
    return found


def _process_picks(made: Plan) -> tuple[Pick, ...]:
    return tuple(Pick(step.ranked.method.slug, step.ranked.run.size) for step in made.process)


def _not_wanted(made: Plan) -> dict[str, list[str]]:
    """Return the titles of the methods that own words refuse, and of those that they pass over."""
    titles = {slug: made.methods.methods[slug].title for slug in made.refused}
    return {
        "refused": [title for slug, title in titles.items() if slug not in made.passed_over],
        "passed_over": [title for slug, title in titles.items() if slug in made.passed_over],
    }


def _process_sums(made: Plan, limits: dict[str, tuple[float, float]]) -> dict[str, object]:
    """Return the weeks and the money of the short process in words, as the page of its steps holds them against the limits.

    And its money with free rooms, where that helps to keep a limit.
    """
    picked = look_up(snapshot(), _process_picks(made))
    sums = plan_totals(picked, [estimate(one, {}, made.answers.hirer) for one in picked])
    texts = [
        each for each in sum_texts(sums, limits) if each.verdict or each.name in ("weeks", "budget")
    ]
    return {
        "rooms_free": made.answers.hirer == FREE,
        "process_sums": texts,
        "free_rooms": free_rooms(picked, {}, sums, limits),
    }


def _answers(made: Plan) -> list[tuple[str, str]]:
    """Return the answers that the page of a plan takes, with what the own words add to them, and that rooms are counted as free."""
    hire = FREE if made.answers.hirer == FREE else made.answers.hire
    return replace(made.answers, text="", why_not="", hire=hire).pairs()


def _by_label(made: Plan, results: list) -> list[tuple[str, list]]:  # type: ignore[type-arg]
    """Return the results in groups of one label, in their order; a label may be "". What was moved up as it was asked for stands in the group before it."""
    groups: dict[str, list] = {}  # type: ignore[type-arg]
    label = ""
    for ranked, result in zip(made.results, results, strict=False):
        label = label if ranked.by_points and groups else result["label"]
        groups.setdefault(label, []).append(result)
    return list(groups.items())


def _limits(answers: Answers) -> dict[str, tuple[float, float]]:
    """Return the limits as the page of a method takes them."""
    limits = {name: (0.0, float(value)) for name in ("weeks", "budget", "hours") if (value := getattr(answers, name)) is not None}  # fmt: skip
    return {"people": answers.limit_people, **limits} if answers.limit_people else limits


def _said(each: Understood) -> str:
    """Return an understood answer in words: the question, and what it says."""
    label = next((gettext(question.label) for question in QUESTIONS if question.name == each.name), each.name)  # fmt: skip
    if not isinstance(each.value, str):
        numbers = each.value if isinstance(each.value, tuple) else (0.0, each.value)
        return f"{label} {asked_range_text(each.name, numbers)}"
    if each.name == "asked_for":
        card = snapshot().cards[snapshot().ordinals[each.value]]
        return f"{label} {card.title}"
    return f"{label} {option_label(each.name, each.value)}"


def _key(each: Understood) -> str:
    """Return by what the form names an answer that was read from the own words."""
    return f"{each.name}={value_text(each)}"


def _taken_out(key: str, made: Plan, chosen: Chosen) -> str:
    """Return the address of the plan without an understood answer; that of the plan where it has none of that key."""
    each = next((each for each in made.understood if _key(each) == key), None)
    query = _without(each, made) if each else made.asked.query()
    return f"{urls().plan}{with_choice(query, chosen)}"


def _without(each: Understood, made: Plan) -> str:
    """Return the query string of the same plan without one answer that was read from the own words."""
    left = tuple(
        value_text(other) for other in made.understood if other.name == each.name and other is not each
    )  # fmt: skip
    if left and (each.name in SEVERAL_OF or each.name == "asked_for"):
        return made.asked.changed(each.name, left).query()
    return made.asked.changed("unsure", made.asked.unsure | {each.name}).query()
