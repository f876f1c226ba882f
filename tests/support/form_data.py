"""A method that is not in the catalogue, as the answers of somebody who fills in the form.

Complete enough that `catalogue check --strict` has nothing to say, and short enough for an address.
"""

from __future__ import annotations

LIST = "- {}\n- {}\n- {}"
ANSWERS: dict[str, str | list[str]] = {
    "title": "Repair café talk",
    "summary": "Neighbours mend broken things together and talk about waste while they wait.",
    "purposes-main": "build-community",
    "purposes": ["understand-needs"],
    "level-main": "involve",
    "audience": ["local-residents"],
    "recruitment": "open",
    "group_size-min": "10",
    "group_size-max": "60",
    "participant_hours-min": "1",
    "participant_hours-max": "3",
    "lead_time_weeks-min": "4",
    "lead_time_weeks-max": "8",
    "cost-band": "minimal",
    "cost-basis": "judgement",
    "staff_days-min": "2",
    "staff_days-max": "5",
    "facilitation": "none",
    "format": ["in-person"],
    "kind": "event",
    "family": "conversation",
    "stage": ["connect"],
    "handles_conflict": "low",
    "handles_complexity": "low",
    "talk": "little",
    "decision_capable": "no",
    "outcomes": ["relationships"],
    "not_for": "It will not settle a plan.\nIt will not count views.",
    "inclusion-carers": "Children are welcome.",
    "inclusion-low-literacy": "Hands do the work.",
    "related": "Street stall\nWorld café\nFishbowl",
    "aliases": "Fix-it talk",
    "asked_as": "talk about waste\nmeet people who never come\nstart a chat at a market\n"
    "learn what breaks\nfind menders\nask without a form",
    "sources-1-title": "Repair guide",
    "sources-1-by": "Appleby University",
    "sources-1-url": "https://a.example.org/g",
    "sources-1-independent": "true",
    "sources-2-title": "Ten years of mending",
    "sources-2-by": "Mend Trust",
    "sources-2-url": "https://b.example.org/t",
    "cases-1-title": "Appleby mends",
    "cases-1-place": "Appleby",
    "cases-1-country": "United Kingdom",
    "cases-1-year": "2022",
    "cases-1-result": "worked",
    "cases-1-outcome": "Forty people came and the council began a tool library.",
    "contributors-1-name": "Ann Example",
    "contributors-1-role": "wrote",
    "last_reviewed": "2026-11-01",
    "section-what-it-is": "You set up a table where people can mend a thing that broke. While a hand turns the screw, "
    "the rest of us talk. You ask what breaks at home, who could help, and what the town should do. It is "
    "slow, warm and easy to join. No one has to speak, and all can see what is done.",
    "section-use-when": LIST.format("You want to meet people who do not come to a hall in the evening.",
                             "You need to hear how waste and cost of living feel at home.",
                             "You have a few people who like to mend and to chat."),
    "section-avoid-when": LIST.format("You need to count how many people hold a view.",
                             "The town is split and you have no calm person to help.",
                             "You have to give a firm answer in a week."),
    "section-how-to-run": "1. **Find a room (week one, our estimate).** You pick a place that is warm, free and near a bus stop.\n"
    "2. **Find menders (week two).** You ask clubs, shops and schools for four people who can mend.\n"
    "3. **Tell people (week three).** You put up signs and ask each mender to bring a friend.\n"
    "4. **Set the room (one hour).** You lay out tables, tools, tea and a wall of paper for notes.\n"
    "5. **Mend and talk (three hours).** A host sits at each table, asks two plain questions and writes down what is said.\n"
    "6. **Close (half an hour).** You read the notes out, ask what was left out, and say what comes next.\n"
    "7. **Tell people what came of it (a month later).** You put a page up in the same room.",
    "section-what-it-costs": "Tea, tools and signs come to under a hundred pounds, which is our estimate. The room is "
    "often lent for free. The main cost is the time of the host at each table and of the one who writes it up.",
    "section-what-you-get": "You get notes in the words people used, a list of things that break, and the names of some who "
    "want to go on. You will not get a vote, a fair sample of the town, or a plan that you can sign off.",
    "section-strengths": LIST.format("People come for their own need, and stay to talk.",
                             "Hands are busy, so shy people find it easy to speak.",
                             "It costs next to nothing and can be run again each month."),
    "section-weaknesses": LIST.format("You meet those who have a thing to mend, and not the rest.",
                             "Talk drifts, so a host has to bring it back.",
                             "Good menders are few and get tired if you ask too much."),
    "section-inclusive": "Pick a room with a ramp and a hearing loop. Put one table on the ground floor near the door. "
    "Say on the sign that it is free, that kids can come, and that you do not need to bring a thing. "
    "Have one host who speaks the other main tongue of the street. Write down only what people say you may.",
    "section-confused-with": "- [Street stall](street-stall.md): you stop people as they pass, and they stay for less time.\n"
    "- [World café](world-cafe.md): people move from table to table with a set question.",
    "section-origin": "The first one was held in Amsterdam in 2009 (Mend Trust). Talk as part of it came later, in "
    "towns that ran it with the local school and the library.",
}  # fmt: skip
# The facts about sizes, steps, harm and the law, beside those above; the warnings have nothing to say of them either.
SIZES: dict[str, str | list[str]] = {
    "people_in_all-min": "10",
    "people_in_all-max": "60",
    "people_in_all-counts": "taking-part",
    "supports": ["generate-ideas"],
    "audience_possible": ["members"],
    "inclusion_possible-multilingual": "Ask a host who speaks the other tongue.",
    "inclusion_unsuitable-anonymous": "People sit face to face.",
    "light-in_short": "One table at a fair that is held anyway.",
    "light-people_in_all-min": "5",
    "light-people_in_all-max": "20",
    "light-people_in_all-counts": "taking-part",
    "light-lead_time_weeks-min": "1",
    "light-lead_time_weeks-max": "3",
    "light-cost-low": "£0",
    "light-cost-high": "50",
    "light-cost-basis": "judgement",
    "light-format": ["in-person"],
    "light-needs": ["venue", "partner-group"],
    "light-gives_up": "You meet those who walk by.",
    "large-in_short": "Ten rooms on one day.",
    "large-staff_days-min": "20",
    "large-gives_up": "It asks for forty hosts.",
    "timeline-1-step": "Find a room (week one, our estimate)",
    "timeline-1-who": "Lead officer",
    "timeline-1-start": "0",
    "timeline-1-end": "1",
    "timeline-1-in_light": "false",
    "timeline-2-step": "Mend and talk (three hours)",
    "timeline-2-start": "4",
    "timeline-2-end": "4.1",
    "timeline-2-light_start": "2",
    "timeline-2-light_end": "2",
    "can_harm-raises-hopes": "Say what the town can mend.",
    "duty-status": "never-meets",
    "duty-rule": "It asks for no view on a plan.",
}
SIZED_LINES = (
    "supports: [generate-ideas]",
    "audience_possible: [members]",
    "people_in_all: {min: 10, max: 60, counts: taking-part}",
    "light:",
    "  people_in_all: {min: 5, max: 20, counts: taking-part}",
    "  lead_time_weeks: {min: 1, max: 3}",
    "  cost: {low: 0, high: 50, basis: judgement}",
    "  needs: [venue, partner-group]",
    '  gives_up: "You meet those who walk by."',
    "large:",
    "  staff_days: {min: 20}",
    "timeline:",
    '  - {step: "Find a room (week one, our estimate)", who: "Lead officer", start: 0, end: 1, in_light: false}',
    '  - {step: "Mend and talk (three hours)", start: 4, end: 4.1, light_start: 2, light_end: 2}',
    "can_harm:",
    '  raises-hopes: "Say what the town can mend."',
    'duty: {status: never-meets, rule: "It asks for no view on a plan."}',
)
