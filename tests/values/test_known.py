"""What is known of projects and milestones by day, worked out by hand."""

from datetime import date

from projects.values.known import known_of_agreement, known_of_project

FIRST = date.min


def day(number: int) -> date:
    return date(2020, 1, number)


def said(start, end, statement, reached=None, latest=None):
    """A date that stands from day to day of January, of one day of that month or of none."""
    when = reached and day(reached)
    last = day(latest) if latest else when
    text = when.isoformat() if when else ""
    return (day(start), end and day(end), statement, text, when, last)


def step(number, kind, *, due=(), reached=()):
    return (number, kind, due, reached)


def stages(*steps, signing=()):
    facts, _steps = known_of_project(steps, signing, (), (), None)
    return [(start, found[0], found[1]) for start, found in facts]


class TestStage:
    def test_nothing_is_stated(self):
        assert stages() == [(FIRST, "not_stated", None)]
        assert stages(step(1, "started")) == [(FIRST, "not_stated", None)]
        assert stages(step(1, "other", reached=[said(2, None, 10, 1)])) == [
            (FIRST, "not_stated", None)
        ]

    def test_the_furthest_step_from_the_day_on_which_it_is_published(self):
        assert stages(
            step(1, "opened", reached=[said(5, None, 10, 1)]),
            step(2, "started", reached=[said(3, None, 20, 2)]),
            step(3, "signed", reached=[said(9, None, 30, 3)]),
        ) == [
            (FIRST, "not_stated", None),
            (day(3), "started", 20),
            (day(5), "opened", 10),
        ]

    def test_another_statement_of_the_same_step_stands_in(self):
        found = stages(step(1, "opened", reached=[said(3, 7, 10, 1), said(7, None, 11, 2)]))
        assert found[1:] == [(day(3), "opened", 10), (day(7), "opened", 11)]

    def test_of_two_of_the_same_kind_the_last_reached_then_the_one_that_ends_open_then_the_id(self):
        later = [
            step(1, "opened", reached=[said(2, None, 10, 3)]),
            step(2, "opened", reached=[said(2, None, 20, 4)]),
        ]
        assert stages(*later)[1:] == [(day(2), "opened", 20)]
        same = [
            step(2, "opened", reached=[said(2, None, 20, 3)]),
            step(1, "opened", reached=[said(2, None, 10, 3)]),
        ]
        assert stages(*same)[1:] == [(day(2), "opened", 10)]
        since = (day(2), None, 30, "2020-01-01/..", day(1), None)
        assert stages(*later, step(3, "opened", reached=[since]))[1:] == [(day(2), "opened", 30)]

    def test_of_two_with_the_same_last_day_the_one_that_begins_later(self):
        whole = (day(2), None, 10, "2020-01", day(1), day(31))
        end = (day(2), None, 20, "2020-01-31", day(31), day(31))
        by_then = (day(2), None, 30, "../2020-01", None, day(31))
        kinds = [
            step(number, "opened", reached=[one])
            for number, one in enumerate((whole, end, by_then))
        ]
        assert stages(*kinds)[1:] == [(day(2), "opened", 20)]
        assert stages(kinds[0], kinds[2])[1:] == [(day(2), "opened", 10)]

    def test_a_halt_goes_before_a_step_of_the_same_date_and_ends_with_a_later_one(self):
        assert stages(
            step(1, "started", reached=[said(2, None, 10, 5)]),
            step(9, "suspended", reached=[said(3, None, 90, 5)]),
            step(2, "signed", reached=[said(6, None, 20, 6)]),
        ) == [
            (FIRST, "not_stated", None),
            (day(2), "started", 10),
            (day(3), "suspended", 90),
            (day(6), "started", 10),
        ]

    def test_cancelled_goes_before_suspended(self):
        halts = [
            step(1, "suspended", reached=[said(2, None, 10, 5)]),
            step(2, "cancelled", reached=[said(2, None, 20, 5)]),
        ]
        assert stages(*halts)[1:] == [(day(2), "cancelled", 20)]

    def test_the_signing_of_the_agreement_counts(self):
        signing = [step(7, "signed", reached=[said(4, None, 70, 1)])]
        planned = step(1, "planned", reached=[said(2, None, 10, 1)])
        assert stages(planned, signing=signing)[1:] == [
            (day(2), "planned", 10),
            (day(4), "signed", 70),
        ]


class TestMilestones:
    def test_due_then_passed_over_then_reached(self):
        due = step(1, "started", due=[said(2, None, 10, 20)], reached=[said(9, None, 11, 8)])
        later = step(2, "opened", reached=[said(5, None, 20, 4)])
        facts, (first, second) = known_of_project([due, later], (), (), (), None)
        assert first == [
            (FIRST, (None, None, None, None, None, None, False)),
            (day(2), (10, day(20), day(20), None, None, None, False)),
            (day(5), (10, day(20), day(20), None, None, None, True)),
            (day(9), (10, day(20), day(20), 11, day(8), day(8), False)),
        ]
        assert [(start, found[3]) for start, found in second] == [(FIRST, None), (day(5), 20)]
        assert [(start, found[-1]) for start, found in facts if start <= day(5)] == [
            (FIRST, None),
            (day(2), day(21)),
            (day(5), None),
        ]

    def test_a_halt_and_other_pass_over_nothing_a_cancellation_everything(self):
        kinds = ("planned", "suspended", "other", "cancelled")
        halted = [step(9, "suspended", reached=[said(3, None, 90, 1)])]
        cancelled = [step(9, "cancelled", reached=[said(3, None, 90, 1)])]
        for kind in kinds:
            asked = step(1, kind, due=[said(2, None, 10, 20)])
            _facts, steps = known_of_project([asked, *halted], (), (), (), None)
            assert not steps[0][-1][1][-1]
            facts, steps = known_of_project([asked, *cancelled], (), (), (), None)
            assert steps[0][-1][1][-1]
            assert [(start, found[-1]) for start, found in facts] == [
                (FIRST, None),
                (day(2), day(21)),
                (day(3), None),
            ]

    def test_the_signing_of_the_agreement_passes_over_what_comes_before(self):
        signing = [step(7, "signed", reached=[said(4, None, 70, 1)])]
        steps = [step(1, "planned"), step(2, "signed"), step(3, "invested")]
        _facts, found = known_of_project(steps, signing, (), (), None)
        assert [one[-1][1][-1] for one in found] == [True, False, False]

    def test_of_an_agreement_later_steps_pass_over_and_no_cancellation(self):
        steps = [
            step(1, "planned"),
            step(2, "signed", reached=[said(3, None, 20, 1)]),
            step(3, "cancelled", reached=[said(3, None, 30, 9)]),
            step(4, "opened"),
        ]
        found = known_of_agreement(steps)
        assert [one[-1][1][-1] for one in found] == [True, False, False, False]

    def test_the_first_of_the_open_due_dates_is_late_on_the_day_after(self):
        steps = [
            step(1, "started", due=[said(2, None, 10, 20)]),
            step(2, "opened", due=[said(3, 6, 20, 15), said(6, None, 21, 30)]),
            step(3, "completed", due=[(day(2), None, 30, "2020-01-01/..", day(1), None)]),
            step(4, "invested", due=[(day(2), None, 40, "9999-12-31", date.max, date.max)]),
        ]
        facts, _steps = known_of_project(steps, (), (), (), None)
        assert [(start, found[-1]) for start, found in facts] == [
            (FIRST, None),
            (day(2), day(21)),
            (day(3), day(16)),
            (day(6), day(21)),
        ]
        facts, _steps = known_of_project(steps[2:], (), (), (), None)
        assert facts[-1][1][-1] is None


class TestProject:
    def test_the_last_report_of_a_day_is_the_vaguest_never_then_the_first(self):
        reports = [
            (day(5), day(5), 3, "2020-01-05"),
            (day(5), day(1), 1, "2020-01-01/2020-01-05"),
            (day(5), None, 2, "../2020-01-05"),
            (day(5), day(5), 4, "2020-01-05"),
            (day(2), day(2), 9, "2020-01-02"),
        ]
        facts, _steps = known_of_project((), (), reports, (), None)
        assert [(start, *found[5:8]) for start, found in facts] == [
            (FIRST, None, "", None),
            (day(2), 9, "2020-01-02", day(2)),
            (day(5), 3, "2020-01-05", day(5)),
        ]

    def test_promises_add_up_while_they_count(self):
        promises = [
            (day(2), day(6), 10, 20),
            (day(3), None, None, 5),
            (day(8), None, None, None),
        ]
        facts, _steps = known_of_project((), (), (), promises, day(2))
        assert [(start, *found[8:12]) for start, found in facts] == [
            (FIRST, None, None, 0, False),
            (day(2), 10, 20, 1, True),
            (day(3), 10, 25, 2, True),
            (day(6), None, 5, 1, True),
            (day(8), None, 5, 2, True),
        ]

    def test_nothing_is_promised_to_a_cancelled_project(self):
        cancelled = step(1, "cancelled", reached=[said(4, 6, 10, 1)])
        facts, _steps = known_of_project([cancelled], (), (), [(day(2), None, 1, 1)], day(2))
        assert [(start, *found[8:12]) for start, found in facts] == [
            (FIRST, None, None, 0, False),
            (day(2), 1, 1, 1, True),
            (day(4), None, None, 0, True),
            (day(6), 1, 1, 1, True),
        ]
