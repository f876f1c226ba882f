"""Which sizes break a limit, as bits of one number, is what `limits_of` says of each size."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.planner.answers import EMPTY, Answers
from catalogue.planner.limits import BREAKS, limits_of
from catalogue.planner.plan import passing_with
from catalogue.planner.plan_methods import plan_methods
from catalogue.search.snapshot import Snapshot

ANSWERS = st.builds(
    Answers,
    people=st.sampled_from((None, (5.0, 5.0), (20.0, 40.0), (16_000.0, 16_000.0))),
    counts=st.sampled_from(("", "taking-part", "living-there")),
    weeks=st.sampled_from((None, 0.0, 4.0, 40.0)),
    budget=st.sampled_from((None, 0.0, 2_000.0)),
    hours=st.sampled_from((None, 1.0)),
    format=st.sampled_from(((), ("online",), ("in-person", "remote"))),
    facilitation=st.sampled_from(("", "none", "specialist")),
    must=st.sampled_from(((), ("anonymous",), ("trauma-aware", "carers"))),
    free_to_speak=st.sampled_from(("", "no")),
)


@settings(
    max_examples=60, deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(answers=ANSWERS)
def test_the_bits_of_each_limit_are_the_sizes_that_break_it(
    real: Snapshot, answers: Answers
) -> None:
    methods = plan_methods(real)
    by_limit = methods.breaking.by_limit(answers)
    for slug, runs in methods.runs.items():
        for n, run in enumerate(runs):
            broken = {limit.name for limit in limits_of(run, answers) if limit.state == BREAKS}
            assert broken == {
                name for name, bits in by_limit.items() if methods.breaking.of(slug, bits) >> n & 1
            }, (slug, run.size)


def test_a_count_beside_an_option_is_of_methods_with_a_size_that_breaks_nothing(
    real: Snapshot,
) -> None:
    methods = plan_methods(real)
    answers = Answers(weeks=4, budget=500, facilitation="none")
    counts = passing_with(methods, answers, "facilitation", ("none", "some", "specialist"))
    assert counts == sorted(counts)
    assert counts[0] == sum(
        any(all(limit.state != BREAKS for limit in limits_of(run, answers)) for run in runs)
        for runs in methods.runs.values()
    )
    free = passing_with(methods, replace(EMPTY, must=("carers",)), "must", [()])
    assert free == [len(methods.methods)]
