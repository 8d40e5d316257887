"""The authority changes its policy pack, having seen what that does to its open cases."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from onroll.office.kernel import clock
from tests.journeys.office import Visitor

OWN, OTHER = "Ashcombe", "Leeds"
MANAGER = "Grace Thackray"
QUIET = "Say that nothing is done on a case after"
SOON, USUAL = "2", "14"


@pytest.fixture
def manager(visitor: Callable[..., Visitor]) -> Iterator[Visitor]:
    """A team manager who is also an administrator for as long as the journey lasts."""
    admin = visitor("admin")
    admin.page.goto("/organisation/people/")
    admin.follow(MANAGER).follow("Give a role").choose("Role", "Administrator")
    admin.press("Give the role")
    person = admin.page.url
    yield visitor("manager")
    admin.page.goto(person)
    row = admin.page.locator("main tr", has_text="Administrator")
    row.get_by_role("link", name="End").first.click()
    admin.date("Last day", clock.today() - timedelta(days=1)).press("End the role")
    assert not admin.faults, admin.faults


def _propose(person: Visitor, pack: str, quiet_after: str = USUAL) -> Visitor:
    person.page.goto("/organisation/authority/")
    person.page.locator("main a[href='/organisation/authority/rules/']").click()
    person.choose("Policy pack", pack).fill(QUIET, quiet_after)
    return person.press("Show what would change")


def test_a_pack_is_previewed_kept_and_then_switched_there_and_back(manager: Visitor) -> None:
    page = manager.page
    _propose(manager, OTHER, SOON).look("rules preview")
    manager.reads(f"{OTHER} in place of {OWN}, from", "Nothing is saved yet", "After 2 days")
    preview = page.url
    listed = page.locator("#affected tbody tr").all_inner_texts()
    assert listed
    assert all(re.search(r"[Ww]ould (begin|end|fall|be|no longer)", words) for words in listed)
    page.reload()
    assert page.locator("#affected tbody tr").all_inner_texts() == listed

    manager.press("Keep the present rules")
    assert page.url.endswith("/organisation/authority/")
    manager.reads("Policy pack", "Clocks that the pack adds", "Acknowledge the referral")

    page.goto(preview)
    manager.fill("Who decided it?", "The children’s services board")
    page.get_by_role("button", name=re.compile("^Switch from ")).click()
    manager.reads(
        "The local rules have been changed", "The children’s services board",
        "Refer the child to the children missing education team",
    )  # fmt: skip
    manager.look("rules switched")

    page.goto(preview)
    manager.reads("There is nothing to switch").look("rules preview of the rules of now")
    _propose(manager, OWN).reads(f"{OWN} in place of {OTHER}", "no longer be listed")
    page.get_by_role("button", name=re.compile("^Switch from ")).click()
    manager.reads("The local rules have been changed", "Acknowledge the referral")
    manager.is_content()


def test_an_act_that_is_not_law_is_looked_at_without_scripts_and_cannot_be_switched_on(
    visitor: Callable[..., Visitor],
) -> None:
    admin = visitor("admin")
    _propose(admin, "Children's Wellbeing and Schools Act 2026 (not law yet)")
    admin.reads(
        f"beside {OWN}, from", "is not in force", "It is not law yet",
        "Consider where the child lives and learns, after registration",
    )  # fmt: skip
    admin.look("rules preview of an act")
    assert not admin.page.get_by_role("button", name=re.compile("^Switch from ")).count()
    admin.is_content()

    plain = visitor(scripts=False)
    plain.sign_in("admin")
    _propose(plain, OTHER, SOON).reads(
        f"{OTHER} in place of {OWN}", "Your roles open no record of these children"
    )
    plain.is_content()
