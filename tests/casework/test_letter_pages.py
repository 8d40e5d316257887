"""The screens of letters and documents, as alice, bob, erin and mallory find them."""

from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from onroll.office.casework.actions import cases
from onroll.office.casework.actions import documents as documents_actions
from onroll.office.casework.actions import letters as actions
from onroll.office.casework.models import Case, Document, Letter, LetterTemplate
from onroll.office.casework.queries import letters
from onroll.office.journal.models import Event
from onroll.office.kernel.actor import Actor
from onroll.office.people import actions as people
from onroll.office.people.models import Child, Relationship
from tests import actors
from tests.casework.test_documents import EICAR, PDF, scanner

TODAY = actors.TODAY
As = Callable[[Actor], Client]


@pytest.fixture
def mother(amelia: Child, alice: Actor) -> Relationship:
    beside = people.record_carer(
        child=amelia, title="Mrs", given_names="Nadia", family_name="Khan", kind="mother",
        starts_on=date(2015, 4, 3), contact="yes", by=alice, on=TODAY,
    )  # fmt: skip
    people.record_carer_address(
        child=amelia, carer=beside.carer, line_1="12 High Street", town="Ashcombe",
        postcode="ZZ1 4AB", safe="yes", starts_on=date(2020, 1, 1), by=alice, on=TODAY,
    )  # fmt: skip
    return beside


@pytest.fixture
def letter(case: Case, mother: Relationship, alice: Actor) -> Letter:
    made = actions.write(
        case=case, template=letters.template_for("case_closed"), by=alice, on=TODAY,
        recipient=letters.carer_recipient(case, mother.carer_id, by=alice, on=TODAY),
    )  # fmt: skip
    return actions.change(
        letter=made, subject="We have finished", body="Dear Mrs Khan\n\nAll is well.", by=alice,
        on=TODAY,
    )  # fmt: skip


@pytest.fixture
def held(case: Case, alice: Actor, settings) -> Document:
    settings.CLAMD = ""
    return documents_actions.add(case=case, filename="a.pdf", content=PDF, by=alice, on=TODAY)


def at(name: str, *args: object) -> str:
    return reverse(f"casework:{name}", args=args)


def said(response) -> str:
    return unescape(response.content.decode())


def screens(case: Case, letter: Letter, held: Document) -> list[tuple[str, str, str]]:
    """Every screen of a case: how it is asked for, its address, whether it only shows."""
    return [
        ("get", at("case_documents", case.ref), "shows"),
        ("get", at("document_add", case.ref), "changes"),
        ("get", at("document_file", case.ref, held.pk), "shows"),
        ("post", at("document_scan", case.ref, held.pk), "changes"),
        ("get", at("letter_new", case.ref), "changes"),
        ("get", at("letter_write", case.ref, "first_letter"), "changes"),
        ("get", at("letter", case.ref, letter.pk), "shows"),
        ("get", at("letter_words", case.ref, letter.pk), "changes"),
        ("get", at("letter_preview", case.ref, letter.pk), "changes"),
        ("post", at("letter_issue", case.ref, letter.pk), "changes"),
        ("get", at("letter_withdraw", case.ref, letter.pk), "changes"),
    ]


def test_alice_opens_every_screen_of_her_case(as_: As, alice, case, letter, held):
    Document.objects.filter(pk=held.pk).update(scan="clean")
    for how, address, _ in screens(case, letter, held):
        if how == "get":
            assert as_(alice).get(address).status_code == 200, address


def test_bob_and_mallory_find_nothing_and_change_nothing(as_: As, bob, mallory, case, letter, held):
    for who in (bob, mallory):
        for how, address, _ in screens(case, letter, held):
            assert getattr(as_(who), how)(address).status_code == 404, address
    letter.refresh_from_db()
    assert letter.state == "draft"


def test_erin_who_oversees_reads_and_may_not_write(as_: As, case, letter, held):
    Document.objects.filter(pk=held.pk).update(scan="clean")
    erin = actors.erin()
    for how, address, does in screens(case, letter, held):
        if address.endswith(("/scan/", "/issue/")):
            continue
        wanted = 200 if does == "shows" else 403
        assert getattr(as_(erin), how)(address).status_code == wanted, address
    as_(erin).post(at("letter_issue", case.ref, letter.pk))
    letter.refresh_from_db()
    assert letter.state == "draft"


def test_a_sealed_child_s_letters_are_not_found_by_the_uncleared(
    as_: As, alice, carol, case, letter, held
):
    people.seal(child=case.child, reason="Court order", by=actors.erin(), on=TODAY)

    for how, address, _ in screens(case, letter, held):
        assert getattr(as_(alice), how)(address).status_code == 404, address
    shown = as_(carol).get(at("letter", case.ref, letter.pk))
    assert "12 High Street" in said(shown)


def test_alice_writes_fills_in_and_issues_a_letter(as_: As, alice, case, mother):
    browser = as_(alice)
    asked = browser.get(at("letter_write", case.ref, "home_visit"))
    assert "Mrs Nadia Khan (mother)" in said(asked)
    assert "12 High Street, Ashcombe, ZZ1 4AB" in said(asked)

    written = browser.post(at("letter_write", case.ref, "home_visit"), {"carer": mother.carer_id})
    letter = Letter.objects.get()
    assert written["Location"] == at("letter_words", case.ref, letter.pk)
    assert "[the day of the visit]" in said(browser.get(written["Location"]))
    saved = browser.post(
        written["Location"],
        {"subject": "A visit", "body": "Dear Mrs Khan\n\nWe visit you on Monday.", "version": "1"},
    )
    page = browser.get(saved["Location"])
    assert "Issue the letter" in said(page)
    issued = browser.post(at("letter_issue", case.ref, letter.pk), {"version": "2"}, follow=True)

    letter.refresh_from_db()
    assert letter.state == "issued"
    assert "was issued" in said(issued)
    pdf = browser.get(at("document_file", case.ref, letter.document_id))
    assert pdf["Content-Disposition"].startswith("attachment")
    assert pdf.content.startswith(b"%PDF-")
    assert Event.objects.filter(verb="children.viewed", children=[case.child_id]).exists()


def test_a_held_letter_says_why_and_has_no_way_to_issue(as_: As, alice, case, letter, mother):
    people.correct(fact=mother, child=case.child, because="order", by=alice, on=TODAY, contact="no")

    page = said(as_(alice).get(at("letter", case.ref, letter.pk)))

    assert "held and can’t be issued" in page
    assert "must not be contacted" in page
    assert "Issue the letter" not in page
    assert "12 High Street" not in page
    refused = as_(alice).post(at("letter_issue", case.ref, letter.pk), follow=True)
    assert "was not issued" in said(refused)
    assert Letter.objects.get().state == "held"


def test_a_stale_edit_of_a_letter_shows_both_versions(as_: As, alice, carol, case, letter):
    actions.change(letter=letter, subject="Hers", body="x", by=carol, on=TODAY)

    clash = as_(alice).post(
        at("letter_words", case.ref, letter.pk), {"subject": "Mine", "body": "y", "version": "2"}
    )

    assert clash.status_code == 409
    assert "Hers" in said(clash)
    assert "Mine" in said(clash)


@pytest.mark.parametrize(
    ("key", "given", "to"),
    [
        ("authority_enquiry", {"name": "CME officer", "address": "Elsewhere Council\nZZ9 9ZZ"},
         "CME officer"),
        ("agency_enquiry", {"name": "Health records", "address": ""}, "Health records"),
    ],
)  # fmt: skip
def test_a_letter_to_another_body_is_addressed_by_hand(as_: As, alice, case, key, given, to):
    as_(alice).post(at("letter_write", case.ref, key), given)

    assert Letter.objects.get().recipient == to


def test_a_child_without_a_carer_has_nobody_to_write_to(as_: As, alice, case):
    page = said(as_(alice).get(at("letter_write", case.ref, "first_letter")))

    assert "No parent or carer is recorded" in page


def test_alice_adds_a_document_and_an_infected_one_is_refused(as_: As, alice, case, settings):
    file = SimpleUploadedFile("gp.pdf", PDF)
    with scanner(b"stream: OK\0") as (settings.CLAMD, _):
        added = as_(alice).post(
            at("document_add", case.ref), {"file": file, "title": "From the GP"}, follow=True
        )
    assert "“From the GP” was scanned and added" in said(added)

    with scanner(b"stream: Eicar FOUND\0") as (settings.CLAMD, _):
        refused = as_(alice).post(
            at("document_add", case.ref), {"file": SimpleUploadedFile("x.txt", EICAR)}
        )
    assert "The virus scanner found Eicar" in said(refused)
    assert Document.objects.count() == 1


def test_a_held_document_is_shown_as_held_and_cannot_be_opened(as_: As, alice, case, held):
    page = said(as_(alice).get(at("case_documents", case.ref)))
    assert "Held: not scanned yet" in page
    assert "Scan again" in page

    assert as_(alice).get(at("document_file", case.ref, held.pk)).status_code == 403
    again = as_(alice).post(at("document_scan", case.ref, held.pk), follow=True)
    assert "No virus scanner is set up. The document stays held." in said(again)


def test_a_document_of_another_case_is_not_found(as_: As, alice, case, held, add, team):
    other = cases.open_case(
        kind="cme", child=add("Noor", "Ferreira"), team=team.pk, by=alice, on=TODAY
    )

    assert as_(alice).get(at("document_file", other.ref, held.pk)).status_code == 404


TEMPLATES = [
    ("letter_templates", ()), ("letter_template_add", ()), ("letter_template", ("home_visit",)),
    ("letter_template_change", ("home_visit",)), ("letter_template_word", ("home_visit",)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "args"), TEMPLATES)
def test_carol_keeps_the_templates_and_nobody_else_opens_them(
    as_: As, alice, bob, carol, mallory, name, args
):
    assert as_(carol).get(at(name, *args)).status_code == 200
    for who in (alice, bob, mallory):
        assert as_(who).get(at(name, *args)).status_code == 403


def test_carol_previews_and_then_saves_a_new_version(as_: As, carol):
    address = at("letter_template_change", "home_visit")
    words = {"title": "Home visit", "subject": "A visit", "body": "Dear {{ recipient_name }}",
             "version": "1"}  # fmt: skip

    preview = as_(carol).post(address, {**words, "preview": "yes"})
    assert "Dear Mrs J Okafor" in said(preview)
    assert LetterTemplate.objects.filter(key="home_visit").count() == 1

    as_(carol).post(address, words)
    assert letters.template_for("home_visit").version == 2
    assert as_(carol).post(address, words).status_code == 409
    older = as_(carol).get(at("letter_template", "home_visit"), {"version": "1"})
    assert "no longer used" in said(older)


def test_an_unknown_field_is_named_beside_the_letter(as_: As, carol):
    page = as_(carol).post(
        at("letter_template_change", "home_visit"),
        {"title": "x", "subject": "x", "body": "{{ flags }}", "version": "1"},
    )

    assert "There is no field “flags”" in said(page)


def test_carol_adds_a_letter_stops_its_use_and_uses_it_again(as_: As, carol, alice, case):
    as_(carol).post(
        at("letter_template_add"),
        {"title": "Thank you", "to": "carer", "subject": "Thank you", "body": "{{ greeting }}"},
    )
    assert "Thank you" in said(as_(alice).get(at("letter_new", case.ref)))

    as_(carol).post(at("letter_template_retire", "thank_you"))
    assert "Thank you" not in said(as_(alice).get(at("letter_new", case.ref)))
    assert as_(alice).post(at("letter_template_retire", "home_visit")).status_code == 403
    assert as_(alice).post(at("letter_template_restore", "thank_you")).status_code == 403

    as_(carol).post(at("letter_template_restore", "thank_you"))
    assert "Thank you" in said(as_(alice).get(at("letter_new", case.ref)))
