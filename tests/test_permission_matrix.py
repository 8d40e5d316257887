"""Every role at every address, against the table that says who may open it (tests/access)."""

import pytest
from django.test import Client

from onroll.office.accounts.roles import ROLES, Role
from onroll.office.kernel import clock
from tests import access, actors
from tests.canary.crawl import Named, address_of, as_nobody, named_addresses, said
from tests.canary.planting import Hidden, a_file, colleague

TABLE = access.everything()
REFUSED = {403, 404, 405}

# A second permission that opens the same address.
ALSO = {
    **dict.fromkeys(["linkage:find", "linkage:runs", "linkage:run"], "find.figures"),
    "accounts:user_link": "sealed.change",  # for whoever reads sealed records
    **dict.fromkeys(
        ["schools:add_contact", "schools:change_contact", "schools:end_contact",
         "schools:vacancies"],
        "imports.apply",
    ),
}  # fmt: skip
# A school's own people keep its contacts and vacancies.
OWN_SCHOOL = {"schools:add_contact", "schools:vacancies"}
# The permission is needed and does not suffice: the thing itself, or a second permission, decides.
MAY_STILL_BE_REFUSED = {
    "intake:undo",  # a list of the population is taken back where it was sent in
    "casework:allocate",  # a case that has a key worker is given by a manager
    "casework:concern_escalate",  # and who works on cases
    "casework:concern_result",
    "casework:referral_complete",  # a referral that is decided
    "linkage:keepers",  # who reads sealed records and decides which records are of one child
    "linkage:looked_into",
    "attendance:pupil",  # and who opens records: an analyst counts pupils
}
# The address holds a secret that no test knows, or what is there is there for some alone.
NOT_THERE = {
    "accounts:choose_password", "portal:received",
    "accounts:cover_end",  # only whoever is covered, and managers
    "intake:faults", "intake:file", "intake:template", "intake:undo", "intake:apply",
    "intake:upload",  # each kind of file asks for its own permission: see the test of files below
    "casework:referral",  # only who told it, their school, and those who triage
    "casework:referral_given",
    "casework:referral_complete",
    "people:added", "casework:referral_taken",  # signed for whoever recorded it
    "accounts:role_agree", "accounts:role_refuse",
}  # fmt: skip
# These ask more than that the child is known: a case is known to its team and those who see all.
ABOUT_A_CASE = {"casework:case_documents", "casework:document_file", "casework:letter"}
# Their reference is that of a load, which whoever applies files may know of.
ABOUT_NO_CHILD = {"exchange:migration", "exchange:undo", "exchange:unplaced"}

DISTINCT = list({role.permissions: role for role in ROLES}.values())


def addresses() -> list[Named]:
    return [named for named in named_addresses() if named.name in TABLE]


def opens(role: Role, name: str) -> bool:
    needs = TABLE[name]
    if needs in ("public", "signed_in") or needs in role.permissions:
        return True
    return ALSO.get(name) in role.permissions or (role.is_schools and name in OWN_SCHOOL)


@pytest.mark.parametrize("role", DISTINCT, ids=lambda role: role.key)
def test_a_role_opens_what_the_table_says_and_nothing_else(known: Hidden, role: Role) -> None:
    client = actors.signed_in(colleague(role.key, [known.school.pk], clock.today()))
    wrong = []
    for named in addresses():
        path = address_of(named, known)
        if not opens(role, named.name):
            got = client.get(path).status_code, client.post(path).status_code
            if not REFUSED.issuperset(got):
                wrong.append((named.name, "is open", got))
            continue
        status = client.get(path).status_code
        is_there = named.name not in NOT_THERE and not (
            role.is_schools and named.name in ABOUT_A_CASE
        )
        if status >= 500 or (status == 403 and named.name not in MAY_STILL_BE_REFUSED):
            wrong.append((named.name, "is shut", status))
        elif status == 404 and is_there and not _about_a_case_unknown(role, named):
            wrong.append((named.name, "is not found", status))

    assert wrong == []


@pytest.mark.parametrize(
    ("name", "is_found"),
    [
        ("intake:upload", 200), ("intake:template", 200), ("intake:file", 200),
        ("intake:faults", 200), ("intake:apply", 405), ("intake:undo", 403),
    ],
)  # fmt: skip
def test_a_file_is_opened_by_whoever_sent_it_in_and_found_by_no_stranger(
    known: Hidden, name: str, is_found: int
) -> None:
    sender = colleague("cme_coordinator", [], clock.today())
    load = a_file(sender, clock.today())
    assert load.state == "checked", load.faults
    known.rows["intake.Load"] = [load.pk]
    named = next(one for one in named_addresses() if one.name == name)
    path = address_of(named, known)

    assert actors.signed_in(sender).get(path).status_code == is_found
    stranger = actors.signed_in(colleague("analyst", [], clock.today()))
    assert stranger.get(path).status_code in REFUSED


def _about_a_case_unknown(role: Role, named: Named) -> bool:
    """A school knows of its pupil and never of the case."""
    return role.is_schools and named.route.startswith(("cases/", "cme/"))


@pytest.mark.parametrize("role", ["school_user", "panel_clerk", "analyst", "administrator"])
def test_a_stranger_cannot_tell_what_is_there_from_what_is_not(known: Hidden, role: str) -> None:
    client = actors.signed_in(actors.person(f"Stranger-{role}", role, on=clock.today()))
    told = []
    for named in addresses():
        if "ref" not in named.parameters or named.name in ABOUT_NO_CHILD:
            continue
        path = address_of(named, known)
        nowhere = as_nobody(path, known)
        for send in (client.get, client.post):
            there, not_there = send(path), send(nowhere)
            if there.status_code not in REFUSED or said(there, path) != said(not_there, nowhere):
                told.append((named.name, there.status_code, not_there.status_code))

    assert told == []


def test_whoever_is_not_signed_in_is_asked_to_sign_in_but_for_public_pages(known: Hidden) -> None:
    client = Client()
    wrong = []
    for named in addresses():
        path = address_of(named, known)
        answers = [client.get(path), client.post(path)]
        if TABLE[named.name] == "public":
            asked = [a for a in answers if a.status_code == 302 and "/login/" in a["Location"]]
        else:
            asked = [a for a in answers if a.status_code != 302 or "/login/" not in a["Location"]]
        if asked:
            wrong.append((named.name, [a.status_code for a in answers]))

    assert wrong == []
