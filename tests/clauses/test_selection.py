"""Which module is open to whom: the table a lawyer would draw."""

from dataclasses import replace
from datetime import date

import pytest

from clauses.fitting import Circumstances, Pair, fits
from clauses.library import Library, UnknownTool
from clauses.parts import Obstacle
from country_reports.facts import Role, Truth

LIBRARY = Library()
Y, N, U = Truth.YES, Truth.NO, Truth.UNKNOWN

HERE = Circumstances("eu-gdpr", "company", N)
C2P = Pair("controller", "processor")


def fit(tool: str, obstacle: Obstacle, here: Circumstances = HERE, pair: Pair = C2P) -> Truth:
    return next(one.met for one in fits(here, pair, LIBRARY.tool(tool)) if one.obstacle is obstacle)


@pytest.mark.parametrize(
    ("exporter", "importer", "open_modules"),
    [
        ("controller", "controller", {"m1"}),
        ("controller", "joint_controller", {"m1"}),
        ("joint_controller", "processor", {"m2"}),
        ("controller", "processor", {"m2"}),
        ("processor", "processor", {"m3"}),
        ("processor", "controller", {"m4"}),
        ("processor", "joint_controller", set()),
    ],
)
def test_the_module_follows_the_roles(exporter: str, importer: str, open_modules: set[str]) -> None:
    found = {
        module
        for module in ("m1", "m2", "m3", "m4")
        if fit(f"eu-scc-2021/{module}", Obstacle.ROLES, pair=Pair(exporter, importer)) is Y
    }
    assert found == open_modules


def test_unknown_roles_fit_no_module_for_certain() -> None:
    assert fit("eu-scc-2021/m2", Obstacle.ROLES, pair=Pair("controller", "unknown")) is U
    assert fit("eu-scc-2021/m2", Obstacle.ROLES, pair=Pair("processor", "unknown")) is N


@pytest.mark.parametrize(
    ("regime", "tool", "met"),
    [
        ("eu-gdpr", "eu-scc-2021/m2", Y), ("uk-gdpr", "eu-scc-2021/m2", N), ("uk-gdpr", "eu-scc-2021/m2 WITH uk-addendum", Y),
        ("ch-fadp", "eu-scc-2021/m2", N), ("ch-fadp", "eu-scc-2021/m2 WITH ch-fdpic", Y), ("eu-gdpr", "uk-idta/a1", N), ("uk-gdpr", "uk-idta/a1", Y),
        ("eu-gdpr", "coe-mcc/m2", N),
    ],
)  # fmt: skip
def test_a_set_is_a_tool_only_under_its_regimes_or_through_an_adaptation(regime: str, tool: str, met: Truth) -> None:
    assert fit(tool, Obstacle.REGIME, replace(HERE, regime=regime)) is met


@pytest.mark.parametrize(("under", "met"), [(Y, N), (N, Y), (U, U)])
def test_the_clauses_of_2021_leave_out_importers_under_the_gdpr(under: Truth, met: Truth) -> None:
    assert fit("eu-scc-2021/m2", Obstacle.IMPORTER_UNDER_REGIME, replace(HERE, importer_under_regime=under)) is met


@pytest.mark.parametrize(
    ("kind", "obstacle", "met"),
    [
        ("international_organisation", Obstacle.ORGANISATION, U), ("public_authority", Obstacle.PUBLIC_AUTHORITY, U),
        ("police", Obstacle.PUBLIC_AUTHORITY, U), ("company", Obstacle.ORGANISATION, Y), ("unknown", Obstacle.ORGANISATION, U),
    ],
)  # fmt: skip
def test_organisations_and_authorities_leave_it_in_doubt(kind: str, obstacle: Obstacle, met: Truth) -> None:
    assert fit("eu-scc-2021/m1", obstacle, replace(HERE, importer_kind=kind)) is met


@pytest.mark.parametrize(
    ("tool", "day", "role"),
    [
        ("eu-scc-2021/m1", "2021-06-26", Role.NOT_YET), ("eu-scc-2021/m1", "2021-06-27", Role.SUPPORTS),
        ("eu-scc-2010/c2p", "2022-12-26", Role.SUPPORTS), ("eu-scc-2010/c2p", "2022-12-27", Role.ENDED),
    ],
)  # fmt: skip
def test_sets_can_be_relied_on_within_their_days(tool: str, day: str, role: Role) -> None:
    assert LIBRARY.tool(tool).clause_set.period.role_on(date.fromisoformat(day)) is role


@pytest.mark.parametrize(
    ("tool", "hint"),
    [
        ("eu-scc-2012/m2", "eu-scc"),
        ("eu-scc-2021/m7", "eu-scc-2021/m1"),
        ("../../etc/passwd", "not a clause set"),
        ("uk-idta/a1 WITH eu-scc-2010", "not an adaptation of"),
    ],
)
def test_unknown_tools_are_refused_with_what_would_be_right(tool: str, hint: str) -> None:
    with pytest.raises(UnknownTool) as caught:
        LIBRARY.tool(tool)
    assert hint in str(caught.value)
