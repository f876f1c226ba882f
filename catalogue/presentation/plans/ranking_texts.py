"""How we rank: weights, shares, what is taken off, labels and stages of rules.yaml, in words for the page about them."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from catalogue.i18n import N_, gettext, number
from catalogue.planner.rules import Rules
from catalogue.presentation.plans.plan_texts import ASKED, HOW, LABELS, LIMITS, TAKEN_OFF
from catalogue.vocabulary import VOCABULARY


@dataclass(frozen=True)
class RankingPart:
    """A table of the page: its heading, a sentence, and rows of what and how much."""

    heading: str
    text: str
    rows: tuple[tuple[str, str], ...]


# The kinds of steps that are not called as their stage is.
KINDS = {"ask": N_("Explore, by asking people"), "meet": N_("Connect, by meeting people")}
FOLLOW_UP = {
    "few": N_("Up to so many are few: they can meet again"),
    "everybody": N_(
        "Points taken off a channel that reaches everybody, where few take part; where contact is made too"
    ),
    "many": N_("From so many on they are many, and also where all who live there are meant"),
    "meeting": N_(
        "Points taken off a method that people take part in, where many are to be answered"
    ),
}
SHARES = {
    "purpose_places": N_("For its first purpose, second, and so on"),
    "purpose_supports": N_("For a purpose that it only helps with"),
    "purpose_adjacent": N_("For a purpose that is near to one of its own"),
    "main_purpose": N_("Share of the main purpose, where you name several"),
    "audience_place": N_("Less for each place of the audience in its list"),
    "audience_further": N_("Less for each further audience that it is made for"),
    "audience_possible": N_("For an audience that is possible if it is adapted, and at least for each of its own"),
    "audience_public": N_("For an audience that may come because it is open to all"),
    "level_steps": N_("By how many steps its level is from yours: none, one, and so on"),
    "copes_short": N_("By how many degrees it copes worse than your matter needs: none, one, two"),
    "copes_not_affected": N_("Where opposed sides do not meet in it"),
    "unknown": N_("Where its page does not say"),
    "words_judged": N_("Share of judged searches in what your own words say"),
}  # fmt: skip


def ranking_parts(rules: Rules) -> list[RankingPart]:
    """Return the tables of the page."""
    purpose = VOCABULARY.facets["purpose"].by_value
    return [
        RankingPart(
            gettext("Points for each answer"),
            gettext("The most that a method can get. A question that you leave out counts nowhere. The one that you say matters most to you counts %(times)s times. Your own words count %(alone)s times where you have not answered what you need from people.", times=number(rules.matters_most), alone=number(rules.words_alone["times"])),
            tuple((gettext(ASKED[name]), number(weight)) for name, weight in rules.weights.items()),
        ),
        RankingPart(
            gettext("How much of them a method gets"),
            gettext("Shares from 0 to 1. For several audiences, half goes by the best of them and half by their mean. The own words are scored by BM25, the usual formula of search engines, over what each method is asked for, its summary and its cases; half of that score is the average of the related methods. Beside that they are compared with some thousand searches for which practitioners’ answers were written down: words that stood in them speak for the methods recommended there. Their share is %(share)s where your own words stand alone.", share=number(rules.words_alone["judged"])),
            tuple((gettext(SHARES[name]), _shares(value)) for name, value in asdict(rules.match).items()),
        ),
        RankingPart(
            gettext("Points taken off"),
            gettext("For weeks and staff days, for each tenfold of the least that a size needs."),
            tuple((gettext(TAKEN_OFF[name]), number(points)) for name, points in rules.taken_off.items()),
        ),
        RankingPart(
            gettext("Labels"),
            gettext("From which share of all points that could be had. A method that is only near to what you need is at most worth a look."),
            tuple((gettext(LABELS[name]), number(share)) for name, share in rules.labels.items()),
        ),
        *_beside_points(rules),
        *_process_parts(rules),
        RankingPart(
            gettext("Purposes near to one another"),
            gettext("Both ways."),
            tuple((gettext(purpose[one].label), gettext(purpose[other].label)) for one, other in map(sorted, rules.adjacent)),
        ),
    ]  # fmt: skip


def _process_parts(rules: Rules) -> list[RankingPart]:
    """Return the tables of the short process."""
    stage, purpose = VOCABULARY.facets["stage"].by_value, VOCABULARY.facets["purpose"].by_value
    return [
        RankingPart(
            gettext("Steps of a short process"),
            gettext("By the main purpose, those first that can least be left out; the first is what the purpose is met in, and each further purpose asks for its own. Of all steps that are asked for, the first %(most)s that fit make the process, or %(steps)s where you have up to %(weeks)s weeks. The best single method takes its step first; the others take what has most points there and still fits into the weeks and the money.", most=number(rules.process.most_steps), steps=number(rules.process.short_of_time.steps), weeks=number(rules.process.short_of_time.weeks)),
            tuple((gettext(purpose[name].label), ", ".join(gettext(KINDS.get(kind) or stage[kind].label) for kind in kinds))
                  for name, kinds in rules.process.steps.items()),
        ),
        RankingPart(
            gettext("Steps that other answers ask for"),
            gettext("They come after those of your purposes, and before the rest for the main purpose."),
            tuple((gettext(rule.text), gettext(KINDS.get(rule.step) or stage[rule.step].label)) for rule in rules.process.asked_by),
        ),
        RankingPart(
            gettext("The step that follows up"),
            gettext("It tells those who took part what came of it, or goes on so that they can come back; so it goes by how many they are too."),
            tuple((gettext(FOLLOW_UP[name]), number(value)) for name, value in asdict(rules.process.follow_up).items()),
        ),
        RankingPart(
            gettext("What a step is for"),
            gettext("Beside your own purposes; the first counts most."),
            tuple((gettext(KINDS.get(name) or stage[name].label), ", ".join(gettext(purpose[p].label) for p in kind.purposes))
                  for name, kind in rules.process.kinds.items()),
        ),
    ]  # fmt: skip


def _beside_points(rules: Rules) -> list[RankingPart]:
    """Return the tables of what does not go by points alone: what was asked for by name, and limits that could be wider."""
    return [
        RankingPart(
            gettext("What was asked for by name"),
            gettext("A method that breaks no limit stands at place %(place)s at the latest, behind the best by points: whoever has to answer for it needs to see it beside what we suggest. It stays where its points put it where one of these speaks against it, or nothing is open any more and it asks people. The page then says on what it does worse.", place=number(rules.asked_for.place)),
            tuple((_against(name), gettext("it stays")) for name in rules.asked_for.unless),
        ),
        RankingPart(
            gettext("Limits that could be wider"),
            gettext("By how many times. As much again may be won, or saved up, for the same work; beyond some fourfold it is other work. Where less is given than stands here, it counts as that."),
            ((gettext("At most, to be called one change away"), number(rules.changes.near)),
             (gettext("At most, for a size to be shown at all"), number(rules.changes.shown)),
             (gettext("Money above what a light version costs at the most, for the usual run to be named too"), number(rules.changes.plenty)),
             *((gettext(LIMITS[name]), number(least)) for name, least in rules.changes.least.items())),
        ),
    ]  # fmt: skip


def _against(name: str) -> str:
    """Return what a point says that keeps a method where it is: one taken off, or "conflict short"."""
    if name in TAKEN_OFF:
        return gettext(TAKEN_OFF[name])
    answer, how = name.split()
    return gettext(HOW[answer, how])


def _shares(value: float | tuple[float, ...]) -> str:
    return " · ".join(map(number, value)) if isinstance(value, tuple) else number(value)
