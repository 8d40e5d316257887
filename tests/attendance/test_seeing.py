"""What the registers say, as the office sees it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from onroll.marks.engines import here
from onroll.marks.outputs import Findings
from onroll.office.attendance.queries import figures as queries
from onroll.office.attendance.queries.figures import Asked, Figures
from onroll.office.attendance.queries.figures_codes import unusual
from onroll.office.attendance.queries.figures_groups import groupings
from onroll.office.attendance.queries.marks import store
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.people import actions as people
from onroll.office.people.models import Child
from onroll.office.schools.models import School
from tests import actors
from tests.actors import TODAY
from tests.attendance.registers import pupil
from tests.attendance.seen import DAYS, LOADED, away, by_chance, put, refs, there

pytestmark = pytest.mark.usefixtures("the_day")
YEAR = 2025


@pytest.fixture
def children(oak: School, elm: School) -> list[Child]:
    return [pupil(n, oak if n % 2 else elm) for n in range(1, 13)]


@pytest.fixture
def marked(oak: School, elm: School, children: list[Child]) -> list[Child]:
    """Twelve children with marks of every kind, at two schools; one of them at both."""
    put(oak, by_chance(1, refs(children[::2])))
    put(elm, by_chance(2, [*refs(children[1::2]), children[0].ref]))
    return children


def seen(by: Actor, **asked: object) -> Figures:
    found = queries.figures(Asked(YEAR, **asked), by=by, on=TODAY)
    assert found is not None
    return found


def command() -> Findings:
    """What `onroll measure-absence` says of the same folder."""
    return Findings.of(here(Path(store().folder(YEAR))).schools, {})


def seal(child: Child) -> None:
    people.seal(child=child, reason="A threat", by=actors.dave(), on=TODAY)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def test_figures_are_those_of_the_command_on_the_same_marks(
    marked: list[Child], officer: Actor
) -> None:
    of, said = seen(officer), command()

    assert [of.total] == said.authority.to_pylist()
    assert of.weeks == said.weeks.to_pylist()
    assert of.codes == said.codes.to_pylist()
    assert list(of.by_key.values()) == said.schools.to_pylist()
    shown = page(actors.signed_in(officer), "/attendance/")
    assert f"{of.total['absence_rate']:.1f}%" in shown


def test_figures_up_to_a_day_are_those_of_the_marks_until_then(
    marked: list[Child], officer: Actor, oak: School, elm: School
) -> None:
    early = seen(officer, until=DAYS[7])

    store().erase(refs(marked))
    put(oak, {ref: codes[:8] for ref, codes in by_chance(1, refs(marked[::2])).items()})
    elms = [*refs(marked[1::2]), marked[0].ref]
    put(elm, {ref: codes[:8] for ref, codes in by_chance(2, elms).items()})
    assert [early.total] == command().authority.to_pylist()
    assert early.last_day == DAYS[7]


def test_a_sealed_child_is_in_no_figure_and_no_list_of_whoever_is_not_cleared(
    marked: list[Child], officer: Actor, oak: School
) -> None:
    whole = seen(officer).total
    seal(marked[2])
    cleared, other = actors.carol(), actors.signed_in(officer)

    assert seen(cleared).total == whole
    without = seen(officer).total
    store().erase([marked[2].ref])
    assert [without] == command().authority.to_pylist()
    put(oak, by_chance(1, refs(marked[::2])))
    for path in ("/attendance/pupils/", f"/attendance/schools/{oak.urn}/pupils/"):
        assert marked[2].ref not in page(other, path)
        assert marked[2].ref in page(actors.signed_in(cleared), path)
    assert other.get(f"/attendance/pupils/{marked[2].ref}/").status_code == 404


def test_a_load_shows_at_once_and_whoever_was_erased_is_gone(
    marked: list[Child], officer: Actor, oak: School
) -> None:
    before = seen(officer).total["possible"]

    put(oak, {ref: ["X X"] * len(DAYS) for ref in refs(marked[::2])}, at=LOADED + timedelta(1))
    assert seen(officer).total["possible"] < before
    store().erase(refs(marked))
    assert queries.figures(Asked(YEAR), by=officer, on=TODAY) is None
    assert "No registers yet" in page(actors.signed_in(officer), "/attendance/")


def test_a_place_that_is_not_set_is_told(officer: Actor, settings: Settings) -> None:
    settings.MARKS = ""

    for path in ("", "schools/", "groups/", "codes/", "pupils/"):
        assert "ONROLL_MARKS" in page(actors.signed_in(officer), f"/attendance/{path}")


def test_a_day_before_the_first_marks_shows_that_there_are_none(
    marked: list[Child], officer: Actor
) -> None:
    shown = page(actors.signed_in(officer), "/attendance/?until=2025-10-01")

    assert "There are none for this year" in shown


def test_an_analyst_sees_figures_and_lists_nobody(marked: list[Child]) -> None:
    bob = actors.signed_in(actors.bob())

    assert page(bob, "/attendance/")
    assert page(bob, "/attendance/groups/")
    shown = page(bob, "/attendance/pupils/")
    assert "lists none by name" in shown
    assert not any(child.ref in shown for child in marked)
    assert bob.get("/attendance/pupils/?format=csv").status_code == 403
    assert bob.get(f"/attendance/pupils/{marked[0].ref}/").status_code == 404


def test_whoever_may_not_see_attendance_is_refused(marked: list[Child], oak: School) -> None:
    mallory = actors.signed_in(actors.mallory())

    for path in ("", f"schools/{oak.urn}/", "pupils/", f"pupils/{marked[0].ref}/", "codes/"):
        assert mallory.get(f"/attendance/{path}").status_code == 403


def test_a_list_leaves_as_a_file_for_whoever_may_take_lists_away(
    marked: list[Child], officer: Actor, oak: School
) -> None:
    path = f"/attendance/schools/{oak.urn}/pupils/?format=csv&kind="
    taken = actors.signed_in(actors.alice()).get(path)

    assert actors.signed_in(officer).get(path).status_code == 403
    assert taken["Content-Type"].startswith("text/csv")
    lines = taken.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(marked[::2])
    assert {child.pk for child in marked[::2]} == set(taken.children_shown)


def test_pupils_are_listed_by_why_to_look_and_found_by_a_posted_name(
    oak: School, elm: School, children: list[Child], officer: Actor
) -> None:
    severe, sick, well = refs(children[:3])
    put(oak, {severe: away("O", 12), sick: away("I", 3), well: there()})
    client, base = actors.signed_in(officer), f"/attendance/schools/{oak.urn}/pupils/"

    def listed(asked: str) -> set[str]:
        shown = page(client, base + asked)
        return {ref for ref in (severe, sick, well) if ref in shown}

    assert listed("") == {severe, sick, well}
    assert listed("?kind=severe") == {severe}
    assert listed("?kind=persistent") == {severe, sick}
    assert listed("?kind=alert") == listed("?kind=absent_10_school_days") == {severe}
    put(elm, {children[3].ref: there()}, year_group="9")
    older = page(client, "/attendance/pupils/?group=9")
    assert children[3].ref in older
    assert severe not in older
    found = client.post(base, {"name": "khan 2"}).content.decode()
    assert sick in found
    assert severe not in found


def test_a_childs_year_is_shown_as_known_then_and_reading_it_is_journalled(
    oak: School, children: list[Child], officer: Actor
) -> None:
    child = children[0]
    put(oak, {child.ref: away("N", 2)}, at=datetime(2026, 3, 3, 18, tzinfo=UTC))
    put(oak, {child.ref: away("I", 2)}, at=LOADED)
    client, path = actors.signed_in(officer), f"/attendance/pupils/{child.ref}/"

    now, then = page(client, path), page(client, f"{path}?known=2026-03-03")
    assert "Illness" in now
    assert "Reason not yet established" not in now
    assert "Reason not yet established" in then
    assert "Illness" not in then
    early = page(client, f"{path}?until={DAYS[3].isoformat()}")
    assert "8 possible sessions" in early
    assert "No marks" in page(client, f"{path}?known=2026-03-01")
    assert client.get(path).children_shown == (child.pk,)


def test_the_childs_own_page_says_how_the_child_attends(
    oak: School, children: list[Child], officer: Actor
) -> None:
    put(oak, {children[0].ref: away("O", 12)})
    client = actors.signed_in(officer)

    shown = page(client, f"/children/{children[0].ref}/")
    assert "24 of" in shown
    assert "Ten school days in a row without leave" in shown
    assert f"/attendance/pupils/{children[0].ref}/" in shown
    assert "/attendance/pupils/" not in page(client, f"/children/{children[2].ref}/")


def test_a_school_that_never_looks_for_reasons_is_told_with_the_rule(
    oak: School, elm: School, children: list[Child], officer: Actor
) -> None:
    late = {ref: [*there(10), *away("N", 5, 5), *there(len(DAYS) - 15)] for ref in
            refs(children[:3])}  # fmt: skip
    put(oak, late)
    put(elm, {ref: away("N", 5) for ref in refs(children[3:6])})

    (found,) = unusual(seen(officer), by=officer)

    assert (found.place.name, found.code) == ("Oak Academy", "N")
    assert "30 sessions of 3 pupils" in found.says


def test_groups_are_made_without_flags_that_somebody_may_not_see(
    marked: list[Child], officer: Actor, flag: Callable[..., None]
) -> None:
    flag(marked[1], "cpp")
    of_worker = {"Has a social worker", "Has none"}

    def labels(by: Actor) -> set[str]:
        (one,) = (g for g in groupings(seen(by), by=by, on=TODAY) if g.name == "Social worker")
        return {line.label for line in one.lines}

    assert labels(actors.alice()) == of_worker
    assert labels(officer) == {"Has none"}


@pytest.fixture
def flag() -> Callable[..., None]:
    def raised(child: Child, key: str) -> None:
        row = {"child_id": child.pk, "flag": key, "starts_on": date(2025, 9, 1)}
        people.load_flags([row], by=PROGRAM)

    return raised
