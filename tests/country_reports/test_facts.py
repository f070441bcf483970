from datetime import date
from itertools import product

import pytest

from country_reports.facts import Period, Role, Truth, all_of, any_of

Y, N, U = Truth.YES, Truth.NO, Truth.UNKNOWN


def test_conjunction_is_kleene() -> None:
    expected = {(Y, Y): Y, (Y, U): U, (U, Y): U, (U, U): U}
    for one, other in product((Y, N, U), repeat=2):
        assert (one & other) is expected.get((one, other), N)


def test_disjunction_and_negation_follow_de_morgan() -> None:
    for one, other in product((Y, N, U), repeat=2):
        assert (one | other) is ~(~one & ~other)
    assert any_of() is N
    assert all_of() is Y


def test_a_truth_is_never_used_as_a_python_condition() -> None:
    with pytest.raises(TypeError, match="three values"):
        bool(U)


@pytest.mark.parametrize(
    ("day", "role"),
    [
        (date(2020, 1, 1), Role.NOT_YET),
        (date(2020, 1, 2), Role.SUPPORTS),
        (date(2020, 1, 3), Role.SUPPORTS),
        (date(2020, 1, 4), Role.ENDED),
    ],
)
def test_a_period_is_half_open(day: date, role: Role) -> None:
    assert Period(date(2020, 1, 2), date(2020, 1, 4)).role_on(day) is role


def test_periods_that_touch_do_not_overlap() -> None:
    first, second = Period(None, date(2020, 1, 2)), Period(date(2020, 1, 2), None)
    assert not first.overlaps(second)
    assert first.overlaps(Period(date(2020, 1, 1), None))
