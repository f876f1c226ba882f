"""A plan in words: why each method, what to check, what it will not give, what is not known; limits and changes."""

from __future__ import annotations

from collections.abc import Callable

from catalogue.i18n import N_, gettext, number
from catalogue.model.method import Method
from catalogue.model.sizes import USUAL, Run
from catalogue.planner.answers import Answers
from catalogue.planner.limits import OVER, TIGHT, UNKNOWN, Limit, must_state
from catalogue.planner.ranking import Ranked
from catalogue.planner.scores import Point
from catalogue.presentation.formatting import (
    choice_option,
    figure_text,
    hours_text,
    money,
    most_money,
    sums_to_compare,
    uncapitalised,
    weeks_text,
)

LABELS = {
    "strong": N_("Strong fit"),
    "good": N_("Good fit"),
    "look": N_("Worth a look"),
    "": N_("Further away"),
}
# What each answer is called, in a sum and where a plan depends on it.
ASKED = {
    "purpose": N_("What you need from people"),
    "audience": N_("Who needs to take part"),
    "level": N_("How much say they have"),
    "conflict": N_("How heated it is"),
    "complexity": N_("How complicated it is"),
    "output": N_("What you must hold at the end"),
    "recruitment": N_("How people are chosen"),
    "words": N_("Your own words"),
}
# The facet of the vocabulary whose options an answer has, where it has another name.
FACETS = {"must": "inclusion", "have": "needs", "output": "outcome", "conflict": "handles_conflict",
          "complexity": "handles_complexity"}  # fmt: skip
MOST_REASONS, LEAST_SHARE = 3, 0.5
# No words are named: many are of the matter, not of what must happen.
LIKE_WORDS = N_("It was chosen, or is asked for, in situations told in words like yours.")
STORY_ALONE = N_(
    "Only your own story speaks for it, which names little of what must happen. Say more of what you need, and from whom."
)
NO_REASON = N_(
    "Nothing that you said speaks for it in particular. Say more of what you need, and from whom."
)
# What the page of a method says of its usual run; of another size it says what that gives up.
OF_USUAL_RUN = {
    ("conflict", "copes"): N_("Its usual run copes with a matter as heated as yours."),
    ("complexity", "copes"): N_("Its usual run copes with a matter as complicated as yours."),
}


def option_text(name: str, value: str) -> str:
    """Return the label of an option of an answer, in quotation marks as it stands in the form."""
    return gettext("“%(option)s”", option=gettext(choice_option(FACETS.get(name, name), value).label))  # fmt: skip


def because(ranked: Ranked, words: list[str]) -> list[str]:
    """Return the answers that speak most for a method, as sentences, or that none does; `words` are those it shares with the own words, of which nothing is said where there are none."""
    best = sorted(
        (
            p for p in ranked.points
            if p.of and p.points >= LEAST_SHARE * p.of and p.how != "unknown" and (words or p.id != "words")
        ),
        key=lambda point: -point.points,
    )  # fmt: skip
    texts = [
        _of_its_size(point_text(point, ranked.method, words), point, ranked.run)
        for point in best[:MOST_REASONS]
    ]
    if ranked.by_points:
        texts.insert(
            0,
            gettext(
                "You were asked for it by name. By its points alone it would stand at place %(place)s.",
                place=ranked.by_points,
            ),
        )
    alone = any(p.id == "words" and p.points >= LEAST_SHARE * p.of for p in ranked.points)
    return texts or [gettext(STORY_ALONE if alone else NO_REASON)]


def _of_its_size(text: str, point: Point, run: Run) -> str:
    """Return a reason of a method that only its usual run has, said of that where another size is shown."""
    if run.size == USUAL or (point.id, point.how) not in OF_USUAL_RUN:
        return text
    return gettext(OF_USUAL_RUN[point.id, point.how])


def point_text(point: Point, method: Method, words: list[str]) -> str:
    """Say what points were given or taken off for."""
    if point.of == 0:
        return gettext(TAKEN_OFF[point.how])
    if point.how == "unknown":
        return gettext("Its page does not say.")
    if point.id == "words":
        return gettext(LIKE_WORDS) if words else gettext(ASKED["words"])
    text = HOW[point.id, point.how]
    if not point.value or "%(" not in text:
        return gettext(text)
    return gettext(text, option=option_text(point.id, point.value))


HOW = {
    ("purpose", "main"): N_("You need %(option)s: it is mainly for that."),
    ("purpose", "listed"): N_("You need %(option)s: it is made for that too."),
    ("purpose", "supports"): N_("It helps with %(option)s as one step."),
    ("purpose", "adjacent"): N_("It is made for something near to %(option)s."),
    ("purpose", "none"): N_("It is not made for what you need."),
    ("audience", "listed"): N_("It is made for %(option)s."),
    ("audience", "possible"): N_("It is possible with %(option)s if you adapt it."),
    ("audience", "public"): N_("It is open to all, so %(option)s can come."),
    ("audience", "none"): N_("It is not made for the people you named."),
    ("level", "listed"): N_("It gives people as much say as you mean."),
    ("level", "near"): N_("It gives people a little more or less say than you mean: %(option)s."),
    ("level", "far"): N_("It gives people quite another say than you mean: %(option)s."),
    ("conflict", "copes"): N_("It copes with a matter as heated as yours."),
    ("conflict", "not-affected"): N_("Opposed sides do not meet in it."),
    ("conflict", "short"): N_("It copes with heat worse than your matter needs."),
    ("complexity", "copes"): N_("It copes with a matter as complicated as yours."),
    ("complexity", "not-affected"): N_("How complicated the matter is does not change it."),
    ("complexity", "short"): N_("It gives people less time to understand than your matter needs."),
    ("output", "listed"): N_("It ends in %(option)s, which you must hold."),
    ("output", "none"): N_("It does not end in %(option)s."),
    ("recruitment", "listed"): N_("People are chosen as you want: %(option)s."),
    ("recruitment", "near"): N_("People are chosen in part as you want."),
    ("recruitment", "none"): N_("People are usually chosen otherwise: %(option)s."),
}
TAKEN_OFF = {
    "tight": N_("A limit is tight."),
    "people_over": N_("It takes fewer people than you have."),
    "unknown_limit": N_("How it stands to one of your limits is not known."),
    "must_possible": N_("What must work takes adapting."),
    "must_unknown": N_("Whether what must work does work is not known."),
    "standing": N_("It goes on without an end, and your question ends."),
    "must_be_founded": N_("It would have to be founded first."),
    "decides": N_("Its result is a decision, and you did not say that people decide."),
    "feeds_row": N_("It can sharpen a quarrel, and your matter is heated."),
    "hurries": N_("It gives people little time for a matter as hard as yours."),
    "exposes": N_("It can put people on show, and yours cannot speak freely."),
    "not_for_purpose": N_("It is not made for what you need, nor does it help with it."),
    "not_for_main": N_("It is not made for what you mainly need."),
    "weeks_needed": N_("The weeks that it takes at least: the lightest that serves comes first."),
    "staff_needed": N_("The days that your own staff need at least."),
}


def checks(ranked: Ranked, answers: Answers) -> list[str]:
    """Return what to check before choosing a method: tight limits, what takes adapting, what can do harm, votes."""
    method = ranked.method
    texts = [limit_text(limit, ranked.run, answers) for limit in ranked.limits if limit.state in (TIGHT, OVER)]  # fmt: skip
    for need in answers.needs:
        if must_state(method, need) == TIGHT:
            texts.append(gettext("%(option)s takes adapting: %(how)s", option=option_text("must", need), how=method.inclusion_possible[need]))  # fmt: skip
    named = {point.how for point in ranked.points}
    if ranked.run.gives_up and any((p.id, p.how) in OF_USUAL_RUN for p in ranked.points):
        texts.append(ranked.run.gives_up)
    texts += [method.can_harm[harm] for harm, how in (("feeds-row", "feeds_row"), ("exposes", "exposes")) if how in named]  # fmt: skip
    if "vote-result" in method.outcomes:
        texts.append(gettext("Before anybody votes: have people talked about it yet?"))
    short = [p for p in ranked.points if p.of and p.points < LEAST_SHARE * p.of and p.how != "unknown" and p.id != "words"]  # fmt: skip
    texts += [point_text(p, method, []) for p in sorted(short, key=lambda p: p.points - p.of)[:1]]
    needs = [choice_option("needs", need).help for need in ranked.run.needs if need not in answers.have]  # fmt: skip
    texts += [gettext("Must exist already: %(need)s.", need=uncapitalised(gettext(need))) for need in needs]  # fmt: skip
    return texts


def unknowns(ranked: Ranked) -> list[str]:
    """Return what nothing is known of, among what was answered."""
    texts = [gettext(ASKED[point.id]) for point in ranked.points if point.how == "unknown"]
    texts += [gettext(LIMITS[limit.name]) for limit in ranked.limits if limit.state == UNKNOWN]
    texts += [option_text("must", p.value) for p in ranked.points if p.how == "must_unknown"]
    return texts


LIMITS = {
    "people": N_("How many people it takes"),
    "weeks": N_("How many weeks it takes"),
    "budget": N_("What it costs"),
    "hours": N_("The time that it takes of each person"),
    "facilitation": N_("How much skill it takes to run"),
    "format": N_("Where it happens"),
}


def limit_text(limit: Limit, run: Run, answers: Answers) -> str:
    """Say how a size stands to a limit that is tight, or that it breaks, with both numbers."""
    return SAID[limit.name](limit, run, answers)


def _takes(run: Run, name: str) -> str:
    if name == "budget":
        return sums_to_compare(run.cost) if run.cost else ""
    return figure_text(run, name)


SAID: dict[str, Callable[[Limit, Run, Answers], str]] = {
    "weeks": lambda limit, run, answers: gettext(
        "You have %(have)s; it takes %(takes)s. Plan the short end." if limit.state == TIGHT else
        "You have %(have)s; it takes %(takes)s.",
        have=weeks_text(answers.weeks or 0, answers.weeks or 0), takes=_takes(run, "weeks")),
    "budget": lambda limit, run, answers: gettext(
        "You can spend %(have)s; it costs %(takes)s. Plan the cheap end." if limit.state == TIGHT else
        "You can spend %(have)s; it costs %(takes)s.",
        have=most_money(answers.budget or 0), takes=_takes(run, "budget")),
    "hours": lambda limit, run, answers: gettext(
        "Each person has %(have)s; it takes %(takes)s.",
        have=hours_text(answers.hours or 0, answers.hours or 0) if answers.hours else gettext("no time"),
        takes=uncapitalised(_takes(run, "hours"))),
    "people": lambda limit, run, answers: gettext(
        "It takes %(takes)s, fewer than you have: ask a part of them, or run it more than once." if limit.state == OVER else
        "It takes %(takes)s, more than you have.", takes=_takes(run, "people")),
    "facilitation": lambda limit, run, answers: gettext(
        "Who runs it: %(needed)s. You have: %(have)s.",
        needed=option_text("facilitation", str(limit.needed)), have=option_text("facilitation", answers.facilitation)),
    "format": lambda limit, run, answers: gettext(
        "It happens otherwise than you want to meet: %(takes)s.",
        takes=", ".join(option_text("format", each) for each in run.format)),
    "must": lambda limit, run, answers: gettext(
        "%(option)s must work, and its form shuts that out: %(why)s",
        option=option_text("must", str(limit.needed)), why=run.unsuitable[str(limit.needed)]),
}  # fmt: skip


def change_text(name: str, value: float | str, answers: Answers) -> str:
    """Say in words what one change is: "4 more weeks", "up to £5,000"."""
    if name == "weeks":
        more = float(value) - (answers.weeks or 0)
        return gettext("%(weeks)s more", weeks=weeks_text(more, more))
    if name == "budget":
        return gettext("Up to %(sum)s", sum=money(float(value)))
    if name == "hours":
        return gettext("%(hours)s of each person", hours=hours_text(float(value), float(value)))
    if name == "people":
        return gettext("At least %(number)s people", number=number(float(value)))
    if name == "facilitation":
        return gettext("Facilitation: %(option)s", option=option_text(name, str(value)))
    return gettext("Meeting %(option)s too", option=option_text(name, str(value)))
