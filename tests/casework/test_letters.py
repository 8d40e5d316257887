"""Letters: who may be written to, what reaches the paper, and what holds a letter back."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from docx import Document as WordFile
from pypdf import PdfReader

from onroll.office.casework import letters as sheets
from onroll.office.casework.actions import letters as actions
from onroll.office.casework.letters.fields import EXAMPLES, FIELDS
from onroll.office.casework.models import Case, Letter, LetterTemplate
from onroll.office.casework.queries import documents, letters
from onroll.office.casework.queries.chronology import chronology
from onroll.office.journal.models import Event
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused, Stale
from onroll.office.people import actions as people
from onroll.office.people.models import CarerAddress, Child, Relationship
from onroll.office.people.models.flags import FLAGS
from onroll.office.schools.models import School
from tests import actors

TODAY = actors.TODAY


@pytest.fixture
def mother(amelia: Child, alice: Actor) -> Relationship:
    """Amelia's mother, who may be contacted at a safe address."""
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
def draft(case: Case, mother: Relationship, alice: Actor) -> Callable[..., Letter]:
    """Writes a letter to amelia's mother."""

    def written(key: str = "first_letter", by: Actor = alice) -> Letter:
        found = letters.carer_recipient(case, mother.carer_id, by=by, on=TODAY)
        template = letters.template_for(key)
        return actions.write(case=case, template=template, recipient=found, by=by, on=TODAY)

    return written


def ready(letter: Letter, by: Actor) -> Letter:
    """The letter with everything filled in that only its writer knows."""
    body = letter.body
    for gap in sheets.gaps(letter.body):
        body = body.replace(gap, "Friday 13 March 2026")
    return actions.change(letter=letter, subject=letter.subject, body=body, by=by, on=TODAY)


def text_of(pdf: bytes) -> str:
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split()
    )


def words_of(docx: bytes) -> str:
    return "\n".join(p.text for p in WordFile(io.BytesIO(docx)).paragraphs)


def test_a_letter_is_written_issued_and_stands_in_the_chronology(draft, alice, case, amelia):
    letter = actions.issue(letter=ready(draft(), alice), by=alice, on=TODAY)

    assert letter.state == "issued"
    pdf = text_of(documents.content_of(letter.document))
    for said in ("Mrs Nadia Khan 12 High Street Ashcombe ZZ1 4AB", "5 March 2026", case.ref,
                 "Dear Mrs Khan", "Amelia’s education", "Yours sincerely Alice"):  # fmt: skip
        assert said in pdf
    assert "DRAFT" not in pdf
    assert letter.document.scan == "ours"
    assert "Letter: Amelia’s education" in [e.title for e in chronology(amelia, by=alice)]


def test_the_pdf_is_tagged_and_says_its_language_and_title(draft, alice):
    letter = actions.issue(letter=ready(draft(), alice), by=alice, on=TODAY)

    read = PdfReader(io.BytesIO(documents.content_of(letter.document)))
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert read.trailer["/Root"]["/Lang"] == "en-GB"
    assert read.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata.title == "Amelia’s education"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in documents.content_of(letter.document)


def test_the_word_file_says_the_same_as_the_pdf(draft, alice):
    letter = actions.issue(letter=ready(draft(), alice), by=alice, on=TODAY)

    words = words_of(documents.content_of(letter.word))
    assert "Mrs Nadia Khan\n12 High Street" in words
    assert "if you teach Amelia at home" in words
    assert "{" not in words


def test_what_only_the_writer_knows_must_be_filled_in_before_issue(draft, alice):
    letter = draft()

    assert sheets.gaps(letter.body) == ["[the team’s telephone number]",
                                        "[the team’s e-mail address]",
                                        "[the day to reply by]"]  # fmt: skip
    with pytest.raises(Refused, match="the day to reply by"):
        actions.issue(letter=letter, by=alice, on=TODAY)


@pytest.mark.parametrize(
    ("contact", "safe", "says"),
    [
        ("no", "yes", "must not be contacted"),
        ("unknown", "yes", "Nobody has checked whether Mrs Nadia Khan may be contacted"),
        ("yes", "no", "marked not safe"),
        ("yes", "unknown", "Nobody has checked whether the address"),
        ("yes", None, "No address is recorded"),
    ],
)
def test_a_letter_is_held_with_the_reason(case, mother, draft, alice, contact, safe, says):
    people.correct(fact=mother, child=case.child, because="checked", by=alice, on=TODAY,
                   contact=contact)  # fmt: skip
    home = CarerAddress.objects.as_known().get(carer=mother.carer)
    if safe is None:
        people.withdraw(fact=home, child=case.child, because="wrong", by=alice, on=TODAY)
    elif safe != "yes":
        people.correct(fact=home, child=case.child, because="x", by=alice, on=TODAY, safe=safe)

    letter = draft()

    assert letter.state == "held"
    assert says in letter.why_held
    with pytest.raises(Refused, match=says):
        actions.issue(letter=ready(letter, alice), by=alice, on=TODAY)


def test_a_draft_cannot_be_issued_after_its_recipient_became_unsafe(case, mother, draft, alice):
    letter = ready(draft(), alice)
    people.correct(fact=mother, child=case.child, because="a court order", by=alice, on=TODAY,
                   contact="no")  # fmt: skip

    with pytest.raises(Refused, match="must not be contacted"):
        actions.issue(letter=letter, by=alice, on=TODAY)

    letter.refresh_from_db()
    assert (letter.state, letter.document) == ("held", None)
    assert Event.objects.filter(verb="letters.held").exists()


def test_a_letter_goes_to_the_address_of_the_day_of_issue(case, mother, draft, alice):
    letter = ready(draft(), alice)
    home = CarerAddress.objects.as_known().get(carer=mother.carer)
    people.correct(fact=home, child=case.child, because="moved", by=alice, on=TODAY,
                   line_1="3 Mill Lane", line_2="", postcode="ZZ2 1AA")  # fmt: skip

    actions.issue(letter=letter, by=alice, on=TODAY)

    pdf = text_of(documents.content_of(letter.document))
    assert "3 Mill Lane" in pdf
    assert "12 High Street" not in pdf


def test_a_letter_is_held_when_the_child_has_died(case, draft, alice):
    letter = ready(draft(), alice)
    Child.objects.filter(pk=case.child_id).update(died_on=TODAY)
    letter.case.child.refresh_from_db()

    with pytest.raises(Refused, match="died"):
        actions.issue(letter=letter, by=alice, on=TODAY)


def test_nobody_uncleared_writes_about_a_sealed_child(case, draft, alice, carol):
    letter = ready(draft(), alice)
    people.seal(child=case.child, reason="Court order", by=actors.erin(), on=TODAY)

    with pytest.raises(Refused, match="cleared"):
        draft()
    with pytest.raises(Refused, match="cleared"):
        actions.issue(letter=letter, by=alice, on=TODAY)
    issued = actions.issue(letter=letter, by=carol, on=TODAY)
    assert "12 High Street" in text_of(documents.content_of(issued.document))


def test_a_sealed_address_never_comes_by_a_sibling_s_case(case, mother, add, draft, carol, alice):
    sister = add(given_names="Zara", born_on=date(2017, 1, 1))
    people.record_relationship(child=sister, carer=mother.carer, kind="mother", contact="yes",
                               starts_on=date(2017, 1, 1), by=alice, on=TODAY)  # fmt: skip
    people.seal(child=sister, reason="Court order", by=actors.erin(), on=TODAY)

    found = letters.carer_recipient(case, mother.carer_id, by=carol, on=TODAY)

    assert found.lines == ()
    assert draft(by=carol).state == "held"


def test_none_of_a_child_s_flags_reaches_any_letter(case, mother, alice, carol, school):
    for flag in FLAGS:
        people.record_flag(child=case.child, flag=flag.key, detail=f"detail-{flag.key}",
                           starts_on=date(2026, 1, 1), by=alice, on=TODAY)  # fmt: skip
    recipient = letters.carer_recipient(case, mother.carer_id, by=alice, on=TODAY)

    values = letters.values_for(case, recipient, by=alice, on=TODAY)
    written = " ".join(
        sheets.fill(f"{t.subject} {t.body}", values) for t in letters.templates()
    ).lower()

    assert values.keys() <= {field.key for field in FIELDS}
    for flag in FLAGS:
        assert f"detail-{flag.key}" not in written
        if flag.is_restricted:
            assert flag.title.lower() not in written
            assert flag.key not in {field.key for field in FIELDS}
            with pytest.raises(sheets.UnknownField):
                sheets.fill("{{ " + flag.key + " }}", values)


@pytest.mark.parametrize(
    "evil",
    ["{{ ''.__class__ }}", "{{ child.flags }}", "{% if x %}", "{{ unknown }}", "}}", "{# x #}"],
)
def test_a_template_with_anything_but_published_fields_is_refused(carol, evil):
    with pytest.raises(Faulty):
        actions.change_template(
            template=letters.template_for("first_letter"), title="x", subject="x", body=evil,
            by=carol, on=TODAY,
        )  # fmt: skip


@pytest.mark.parametrize("evil", ["{{ ''.__class__ }}", "{% raw %}", "#panic(1)", "<w:p/> & \"'"])
def test_what_stands_in_a_name_is_printed_and_never_run(case, mother, draft, alice, evil):
    Child.objects.filter(pk=case.child_id).update(given_names=evil)
    case.child.refresh_from_db()

    letter = actions.issue(letter=ready(draft(), alice), by=alice, on=TODAY)

    assert evil in text_of(documents.content_of(letter.document))
    assert evil in words_of(documents.content_of(letter.word))


def word_template(*lines: str) -> bytes:
    made = WordFile()
    for line in lines:
        made.add_paragraph(line)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    "evil",
    [
        "{{ ''.__class__.__mro__ }}", "{{ words.upper() }}", "{{ words|length }}",
        "{{ child_flags }}", "{% for line in words %}x{% endfor %}", "{{ words.__class__ }}",
        "{{ blocks[0] }}", "{% import 'x' as y %}", "{{ 9 * 9 }}", "{% set a = words %}", "{{",
    ],
)  # fmt: skip
def test_a_word_template_that_holds_an_instruction_is_refused(carol, evil):
    template = letters.template_for("first_letter")

    with pytest.raises(Faulty, match="Word template"):
        actions.change_template(
            template=template, title="x", subject="x", body="x", word=word_template(evil),
            by=carol, on=TODAY,
        )  # fmt: skip


@pytest.fixture
def example(db: None) -> sheets.Sheet:
    """The letter with which a Word template is tried out."""
    return letters.example_sheet("x", "x")


@pytest.mark.parametrize(
    "loops",
    [
        ["{%p for a in blocks %}", "{%p for b in blocks %}", "x", "{%p endfor %}", "{%p endfor %}"],
        ["{{ " + "(" * 3_000 + "words" + ")" * 3_000 + " }}"],
    ],
)
def test_a_word_template_that_multiplies_or_nests_without_end_is_refused(loops, example):
    with pytest.raises(sheets.UnsafeWord):
        sheets.check_word(word_template(*loops), example)


def with_part(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A Word template with one part changed."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word_template("{{ words }}"))) as before,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.namelist():
            content = before.read(part)
            after.writestr(part, change(content) if part == name else content)
    return made.getvalue()


RELS = "word/_rels/document.xml.rels"
LINK = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="t" Target="http://a.example/" TargetMode="{mode}"/>'
    "</Relationships>"
)


def test_a_link_to_outside_is_found_however_it_is_spelt(example):
    for sent in (
        LINK.format(mode="External").encode(),
        LINK.format(mode="&#69;xternal").encode(),
        LINK.format(mode="External").encode("utf-16"),
    ):
        with pytest.raises(sheets.UnsafeWord, match="from outside"):
            sheets.check_word(with_part(RELS, lambda _, sent=sent: sent), example)


@pytest.mark.parametrize("part", [RELS, "word/document.xml", "docProps/core.xml"])
def test_a_document_type_declaration_is_refused_in_any_part(part, example):
    sent = b'<!DOCTYPE x [<!ENTITY e "External">]><x/>'

    with pytest.raises(sheets.UnsafeWord, match="document type declaration"):
        sheets.check_word(with_part(part, lambda _: sent), example)


def broken_zips() -> dict[str, bytes]:
    whole = word_template("{{ words }}")
    central = whole.index(b"PK\x01\x02")

    def at(place: int, put: bytes) -> bytes:
        return whole[:place] + put + whole[place + len(put) :]

    return {
        "version": at(central + 6, b"\xff\xff"),
        "method": at(central + 10, b"\x63\x00"),
        "encrypted": at(central + 8, b"\x01\x00"),
        "deflate": at(60, b"\xff" * 200),
        "short": whole[: len(whole) // 2],
    }


@pytest.mark.parametrize("broken", broken_zips())
def test_a_word_file_whose_archive_is_broken_is_refused_in_words(broken, example):
    with pytest.raises(sheets.UnsafeWord, match="Word"):
        sheets.check_word(broken_zips()[broken], example)


def test_a_word_file_of_another_content_type_is_refused_in_words(example):
    def changed(types: bytes) -> bytes:
        return types.replace(b"wordprocessingml.document.main+xml", b"wordprocessingml.other+xml")

    with pytest.raises(sheets.UnsafeWord, match="not a Word document"):
        sheets.check_word(with_part("[Content_Types].xml", changed), example)


def test_an_instruction_in_a_stored_word_template_still_does_nothing(draft, alice):
    evil = word_template("{{ words.__class__ }}")
    LetterTemplate.objects.filter(key="first_letter").update(word=evil)

    with pytest.raises(Faulty, match="which is no field"):
        actions.issue(letter=ready(draft(), alice), by=alice, on=TODAY)


def test_an_authority_s_own_word_template_is_used_and_old_letters_keep_theirs(draft, alice, carol):
    before = draft()
    template = letters.template_for("first_letter")
    made = actions.change_template(
        template=template, title=template.title, subject="{{ child_name }}", body=template.body,
        word=word_template("Our letterhead", "{{ recipient_name }}", "{{ words }}"),
        by=carol, on=TODAY,
    )  # fmt: skip

    after = actions.issue(letter=ready(draft(), alice), by=alice, on=TODAY)

    assert (made.version, before.template.version, after.template.version) == (2, 1, 2)
    words = words_of(documents.content_of(after.word))
    assert words.startswith("Our letterhead\nMrs Nadia Khan\nDear Mrs Khan\n")
    assert after.subject == "Amelia Khan"


def test_two_officers_cannot_change_one_version_of_a_template(carol, manager):
    template = letters.template_for("case_closed")
    words = {"title": "Closed", "subject": "Closed", "body": "Dear all", "on": TODAY}
    actions.change_template(template=template, by=carol, **words)

    with pytest.raises(Stale):
        actions.change_template(template=template, by=manager, **words)


def test_two_officers_cannot_change_one_draft(draft, alice, carol):
    letter = draft()
    actions.change(letter=letter, subject="One", body="x", by=alice, on=TODAY, version=1)

    with pytest.raises(Stale) as stale:
        actions.change(letter=letter, subject="Two", body="y", by=carol, on=TODAY, version=1)

    assert ("Subject", "One", "Two") in stale.value.compared


def test_an_issued_letter_stays_as_it_is_and_can_be_withdrawn(draft, alice):
    letter = actions.issue(letter=ready(draft(), alice), by=alice, on=TODAY)
    with pytest.raises(Refused, match="stays as it is"):
        actions.change(letter=letter, subject="x", body="y", by=alice, on=TODAY)
    with pytest.raises(Faulty):
        actions.withdraw(letter=letter, why=" ", by=alice, on=TODAY)

    actions.withdraw(letter=letter, why="Sent to the wrong year.", by=alice, on=TODAY)

    assert (letter.state, letter.withdrawn_on) == ("withdrawn", TODAY)
    assert letter.document is not None


def test_a_letter_to_a_school_goes_to_its_head(case, alice, school):
    School.objects.filter(pk=school.pk).update(
        head="Ms P Dale", address="1 Fern Road", town="Ashcombe", postcode="ZZ3 3AA"
    )

    letter = actions.write(
        case=case, template=letters.template_for("school_request"),
        recipient=letters.school_recipient(school.pk), by=alice, on=TODAY,
    )  # fmt: skip

    assert letter.state == "draft"
    assert letter.recipient == "Ms P Dale"
    assert letter.address.split("\n") == ["Fernhill Primary School", "1 Fern Road", "Ashcombe",
                                          "ZZ3 3AA"]  # fmt: skip


def test_a_letter_to_nobody_by_name_closes_faithfully(case, alice):
    to = letters.Recipient("The officer for children missing education", ("Elsewhere Council",))

    letter = actions.write(case=case, template=letters.template_for("authority_enquiry"),
                           recipient=to, by=alice, on=TODAY)  # fmt: skip

    assert letter.body.startswith("Dear Sir or Madam")
    assert "Yours faithfully" in letter.body


def test_a_character_without_a_font_is_refused_in_plain_words(draft, alice):
    letter = ready(draft(), alice)
    actions.change(letter=letter, subject="x", body="\u0378", by=alice, on=TODAY)

    with pytest.raises(Faulty, match="no font here can print"):
        actions.issue(letter=letter, by=alice, on=TODAY)


def grade_of(text: str) -> float:
    """Flesch and Kincaid's grade, with vowels that stand together as one syllable."""
    sentences = [s.split() for s in re.split(r"[.?:\n]+", text) if len(s) > 8]
    words = [word.lower() for sentence in sentences for word in sentence if word not in "-#"]
    syllables = sum(max(1, len(re.findall("[aeiouy]+", w.removesuffix("e")))) for w in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


@pytest.mark.parametrize(
    "template",
    ["first_letter", "home_visit", "no_answer", "school_warning", "place_secured", "case_closed"],
)
def test_a_letter_to_a_family_reads_at_about_eleven_years(db, template):
    text = sheets.fill(letters.template_for(template).body, EXAMPLES)

    assert grade_of(text) <= 6.5  # children of eleven are in grade 6


def test_every_template_can_be_filled_and_printed(db):
    found = letters.templates()

    assert len(found) == 12
    for template in found:
        sheet = letters.example_sheet(template.subject, template.body)
        assert template.subject.split("{{")[0] in text_of(sheets.as_pdf(replace(sheet)))
