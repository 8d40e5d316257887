"""From five lists to referrals: a search, a brake, a group cleared, a wrong join undone."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bench.authority import make
from onroll.office.kernel import clock
from tests.journeys.office import Visitor, a_name

Enter = Callable[..., Visitor]
SEARCH_SECONDS = 240

# The lists of an authority with the truth, as the kinds of the office.
LISTS = [
    ("school_rolls", "School-census rolls"),
    ("independent_and_other", "Independent schools’ lists"),
    ("gp_list", "GP or child-health list"),
    ("births", "Births"),
    ("admissions", "Admissions applications"),
]


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    at = tmp_path_factory.mktemp("lists")
    make(700, 23, "usual", clock.today(), at, csv=True)
    return at


def test_from_five_lists_to_three_referrals(visitor: Enter, lists: Path) -> None:
    analyst = visitor("analyst")
    analyst.go("/find-missing/", "find missing")
    named = {key: f"{a_name('List of ')} ({key})" for key, _ in LISTS}
    for key, kind in LISTS:
        _add_source(analyst, named[key], kind, is_first=key == "school_rolls")
        _send(analyst, lists / f"{key}.csv")
        analyst.reads("The list is in use")
    analyst.look("a list in use")
    analyst.go("/find-missing/sources/", "sources")

    _a_list_that_lost_its_end_is_held(analyst, named["gp_list"], lists)

    coordinator = visitor("coordinator")
    coordinator.go("/find-missing/search/", "search now").press("Search now")
    coordinator.reads("Search as at")
    _wait_until_done(coordinator)
    coordinator.look("a search that is done").press("Clear the list")

    _clear_a_group_of_forty(coordinator)
    for n in range(3):
        _open_a_referral(coordinator, is_first=n == 0)
    coordinator.go("/find-missing/how-well/", "how well the search does")
    coordinator.is_content()
    analyst.is_content()


def _add_source(analyst: Visitor, name: str, kind: str, *, is_first: bool) -> None:
    analyst.page.goto("/find-missing/sources/")
    analyst.press("Add a source")
    if is_first:
        analyst.look("choose a kind of list")
    analyst.follow(kind)
    if is_first:
        analyst.look("add a source")
    analyst.fill("Name of the list", name).fill("Who supplies it?", "A supplier")
    analyst.press("Save the source").reads(name)


def _send(analyst: Visitor, file: Path) -> None:
    analyst.press("Send in a list")
    analyst.page.locator("main input[type=file]").set_input_files(file)
    analyst.date("For which day was the list true?", clock.today() - timedelta(days=20))
    analyst.press("Send in the list")


def _a_list_that_lost_its_end_is_held(analyst: Visitor, name: str, lists: Path) -> None:
    rows = (lists / "gp_list.csv").read_text("utf-8").splitlines(keepends=True)
    half = lists / "half.csv"
    half.write_text("".join(rows[: len(rows) // 2]), "utf-8")
    analyst.follow(name)
    _send(analyst, half)
    analyst.reads("The list is held and not used", "Why it is held", "Dropped")
    analyst.look("a list that is held").press("Turn it away")
    analyst.fill("Why?", "The supplier sent half of it").press("Turn it away")
    analyst.reads("The list was not taken")
    analyst.page.get_by_role("link", name=name).first.click()
    analyst.reads("In use")


def _wait_until_done(coordinator: Visitor) -> None:
    # The page follows the search by itself; each look is a page of its own.
    done = coordinator.page.locator("main").get_by_role("button", name="Clear the list")
    done.or_(coordinator.page.get_by_text("Nothing was kept")).wait_for(
        timeout=SEARCH_SECONDS * 1000
    )
    coordinator.reads("Done", "Records compared")


def _clear_a_group_of_forty(coordinator: Visitor) -> None:
    coordinator.look("clear the list")
    ticks = coordinator.page.locator("main tbody input[type=checkbox]")
    for cause in ("Probably moved away", "Never seen in education"):
        coordinator.page.goto("/find-missing/found/")
        coordinator.follow(cause)
        if ticks.count() == 40:
            break
    assert ticks.count() == 40
    for n in range(40):
        ticks.nth(n).check()
    coordinator.look("forty ticked").press("Answer for those ticked")
    coordinator.reads("The same reason is recorded for each of these", "40 children")
    coordinator.look("answer for forty")
    coordinator.choose("Why are they not missing education?", "Moved away")
    coordinator.press("Record it for 40 children").reads("40 answers were recorded together")
    coordinator.press("Take it back").reads("taken back").look("taken back")


def _open_a_referral(coordinator: Visitor, *, is_first: bool) -> None:
    coordinator.page.goto("/find-missing/found/")
    coordinator.page.locator("main tbody input[type=checkbox]").first.wait_for()
    coordinator.page.locator("main table tbody th a").last.click()
    coordinator.reads("What the lists say", "Look into it")
    if is_first:
        coordinator.look("somebody found")
    coordinator.press("Look into it")
    if is_first:
        coordinator.look("look into it")
    coordinator.press("Open a referral").reads("referral")


def test_a_wrong_join_is_taken_apart_again(visitor: Enter) -> None:
    officer = visitor("coordinator")
    family = a_name("Twinsome")
    one = _added(officer, f"Rosalind {family}")
    other = _added(officer, f"Rosamund {family}")

    officer.page.goto(f"/find-missing/duplicates/of/{one}/")
    officer.look("another record of the same child")
    officer.fill("Reference of the other record", other).press("Compare")
    officer.look("compare two records").press("They are one child").look("join two records")
    main = officer.page.locator("main")
    main.get_by_role("group", name="Which record stays in use?").get_by_role("radio").first.check()
    officer.date("From which day is it one child in figures?", clock.today())
    officer.fill("What shows that it is one child?", "The mother rang; later it proved wrong")
    officer.press("Join the records")
    officer.page.goto(f"/children/{other}/")
    officer.reads(one).look("a folded record")

    officer.go("/find-missing/duplicates/joined/", "joined records").follow("Take")
    officer.reads("stands alone again").look("take records apart")
    officer.fill("What shows it?", "Two birth certificates were seen")
    officer.press("Take them apart")
    officer.page.goto(f"/children/{other}/")
    officer.reads(f"Rosamund {family}")
    officer.go("/find-missing/duplicates/", "probable duplicates")
    officer.is_content()


def _added(officer: Visitor, name: str) -> str:
    """Add a child of this name and give back its reference."""
    officer.page.goto("/children/")
    officer.page.locator("#id_q").fill(name)
    officer.press("Find")
    officer.page.get_by_role("button", name="add a child").wait_for()
    officer.page.get_by_role("button", name="add a child").click()
    officer.choose("Is the date of birth exact?", "Not known").press("Add the child")
    if officer.page.get_by_role("button", name="Add the child").count():
        officer.press("Add the child")
    officer.press("Open the record")
    return officer.page.url.rstrip("/").rsplit("/", 1)[-1]
