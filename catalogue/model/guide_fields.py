"""The fields of the guides in texts/groups/, the rules in texts/rules/ and the introductions, as model/fields.py has those of methods."""

from __future__ import annotations

from catalogue.model.fields import Field

TITLE = Field("title", "text", "The title of the page.", required=True, at_most=60)
SUMMARY = Field("summary", "text", "One sentence that says what helps most, or what the rule asks.",
                required=True, at_most=160)  # fmt: skip
WORDS = Field("words", "texts", "The words people type to find it, the most usual first.",
              required=True, at_least=1, at_most=30)  # fmt: skip
SOURCE_FIELDS = (
    Field("title", "text", "The title of the page or publication.", required=True, at_most=200),
    Field("by", "text", "Who published it.", required=True, at_most=160),
    Field("year", "year", "The year it was published."),
    Field("url", "address", "The publisher's own page."),
    Field("own", "flag", "true if its publisher is led by the people concerned."),
)
SOURCES = Field("sources", "records", "Where what it says is from.", required=True, at_least=1,
                fields=SOURCE_FIELDS)  # fmt: skip
ADAPTATION_FIELDS = (
    Field("slug", "slug", "The method file, without .md.", required=True),
    Field("how", "text", "How to adapt the method, in a sentence or two.", required=True,
          at_most=200),
)  # fmt: skip
OFFICIAL_FIELDS = (
    Field("title", "text", "The title of the official text.", required=True, at_most=200),
    Field("url", "address", "Its official page.", required=True),
)
TOUCHES_FIELDS = (
    Field("every_method", "flag", "true if the rule has to do with every method."),
    Field("purposes", "choices", "Purposes the rule has to do with.", options="purpose"),
    Field("methods", "slugs", "Method files the rule has to do with, without .md."),
    Field("audience", "choices", "Audiences the rule has to do with.", options="audience"),
)

GUIDE_FIELDS = (
    TITLE,
    SUMMARY,
    WORDS,
    Field("methods", "records", "Methods that work, the best first, each with how to adapt it.",
          required=True, at_least=1, at_most=8, fields=ADAPTATION_FIELDS),
    Field("audience", "choices", "Audiences these people are among.", options="audience"),
    SOURCES,
    Field("last_reviewed", "date", "The day somebody read and checked the whole page."),
    Field("read_by", "texts", "Who of the people concerned has read it."),
)  # fmt: skip
RULE_FIELDS = (
    TITLE,
    SUMMARY,
    WORDS,
    Field("places", "choices", "Where the rule holds.", required=True, options="place", called="place",
          at_least=1),
    Field("applies_to", "texts", "Who must keep it.", required=True, at_least=1, at_most=8),
    Field("touches", "record", "What the rule has to do with.", fields=TOUCHES_FIELDS),
    Field("official", "record", "The official text.", required=True, fields=OFFICIAL_FIELDS),
    SOURCES,
    Field("as_of", "date", "The day on which the rule was looked up.", required=True),
)  # fmt: skip
GUIDE_HEADINGS = ("What helps", "What does harm", "Whom to work with", "Payment and consent")
RULE_HEADINGS = ("What it asks", "When it bites", "What to do")
WHEN_FIELDS = (
    Field("budget", "number", "There are at most so many pounds.", unit="money"),
    Field("budget_at_least", "number", "There are at least so many pounds.", unit="money"),
    Field("weeks", "number", "There are at most so many weeks."),
    Field("weeks_at_least", "number", "There are at least so many weeks."),
    Field("hours", "number", "Each person has at most so many hours."),
    Field("handles_conflict", "choice", "The method is to cope with conflict so.", options="handles_conflict"),
    Field("handles_complexity", "choice", "The method is to cope with complexity so.",
          options="handles_complexity"),
    Field("inclusion", "choices", "One of these is asked for.", options="inclusion"),
    Field("format", "choices", "One of these is asked for.", options="format"),
    Field("decided", "flag", "true if nothing is left to decide."),
)  # fmt: skip
ADVICE_FIELDS = (
    Field(
        "method", "slug", "The method file, without .md, that the sentence links to.", required=True
    ),
    Field("when", "record", "When the sentence holds.", required=True, fields=WHEN_FIELDS),
)
INTRODUCTION_FIELDS = (
    Field("advice", "records", "Sentences of the text that results show where they hold.",
          at_least=1, at_most=20, fields=ADVICE_FIELDS),
)  # fmt: skip
