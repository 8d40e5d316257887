"""Letters: written from a template, held while nobody knows that they may go, issued, withdrawn."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.text import slugify

from onroll.office.casework import letters
from onroll.office.casework.actions import deadlines, documents
from onroll.office.casework.models import Case, Letter, LetterTemplate
from onroll.office.casework.policy import letters as policy
from onroll.office.casework.queries import letters as queries
from onroll.office.casework.queries.letters import Recipient
from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Decision, Faulty, Refused, Stale

WRITTEN = verb(
    "letters.written", "wrote a letter from “{template}”", "letter", "template", "version"
)
CHANGED = verb("letters.changed", "changed the words of a letter", "letter")
HELD = verb("letters.held", "was stopped from issuing a letter", "letter")
ISSUED = verb("letters.issued", "issued a letter", "letter", "document", "word", "on")
WITHDRAWN = verb("letters.withdrawn", "withdrew a letter", "letter", "on", "was")
TEMPLATE_MADE = verb(
    "letters.template_made", "made version {version} of the letter “{template}”", "template",
    "version",
)  # fmt: skip
TEMPLATE_RETIRED = verb(
    "letters.template_retired", "stopped the use of the letter “{template}”", "template", "version"
)
TEMPLATE_RESTORED = verb(
    "letters.template_restored", "used the letter “{template}” again", "template", "version"
)

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@transaction.atomic
def write(
    *, case: Case, template: LetterTemplate, recipient: Recipient, by: Actor, on: date
) -> Letter:
    """Write a draft from a template; held where the recipient may not be written to."""
    policy.can_write(by, case).require()
    if not recipient.name.strip():
        raise Faulty(("name", "Say to whom the letter goes."))
    values = queries.values_for(case, recipient, by=by, on=on)
    allowed = policy.may_go(by, case, recipient)
    letter = Letter.objects.create(
        case=case,
        template=template,
        carer=recipient.carer,
        recipient=recipient.name,
        address="" if recipient.carer else "\n".join(recipient.lines),
        subject=letters.fill(template.subject, values),
        body=letters.fill(template.body, values),
        state=_state(allowed),
        why_held=allowed.refusal,
        written_on=on,
        written_by_id=by.pk,
    )
    record(
        WRITTEN, by=by, subject=letter, children=[case.child_id], letter=letter.pk,
        template=template.key, version=template.version,
    )  # fmt: skip
    return letter


@transaction.atomic
def change(
    *, letter: Letter, subject: str, body: str, by: Actor, on: date, version: int | None = None
) -> Letter:
    """Change the words of a letter that has not been issued."""
    policy.can_change(by, letter).require()
    if not subject.strip():
        raise Faulty(("subject", "Say what the letter is about."))
    if not body.strip():
        raise Faulty(("body", "Write the letter."))
    allowed = policy.may_go(by, letter.case, queries.recipient_of(letter, by=by, on=on))
    _claim(
        letter, version, yours=[("Subject", subject), ("Letter", body)], subject=subject.strip(),
        body=body.strip(), state=_state(allowed), why_held=allowed.refusal,
    )  # fmt: skip
    record(CHANGED, by=by, subject=letter, children=[letter.case.child_id], letter=letter.pk)
    return letter


def issue(*, letter: Letter, by: Actor, on: date, version: int | None = None) -> Letter:
    """Issue a letter, as PDF and in Word, if it may go at this moment.

    Otherwise it is held with the reason, which is kept, and Refused is raised.
    """
    policy.can_change(by, letter).require()
    recipient = queries.recipient_of(letter, by=by, on=on)
    allowed = policy.may_go(by, letter.case, recipient)
    if not allowed:
        _hold(letter, allowed, by=by, version=version)
        raise Refused(allowed.refusal)
    policy.can_issue(by, letter, recipient).require()
    return _send(letter, recipient, by=by, on=on, version=version)


@transaction.atomic
def _hold(letter: Letter, why: Decision, *, by: Actor, version: int | None) -> None:
    _claim(letter, version, state=Letter.State.HELD, why_held=why.refusal)
    record(HELD, by=by, subject=letter, children=[letter.case.child_id], letter=letter.pk)


@transaction.atomic
def _send(
    letter: Letter, recipient: Recipient, *, by: Actor, on: date, version: int | None
) -> Letter:
    sheet = queries.sheet_of(letter, by=by, on=on, is_draft=False, shows_address=True)
    values = queries.values_for(letter.case, recipient, by=by, on=on)
    own = letter.template.word
    try:
        pdf = letters.as_pdf(sheet)
        word = letters.as_word(sheet, values, bytes(own) if own else None)
    except (letters.CannotPrint, letters.UnsafeWord) as error:
        raise Faulty(("body", str(error))) from error
    name = f"letter-{letter.case.ref}-{letter.pk}"
    title = f"Letter to {letter.recipient}: {letter.subject}"
    files = (("pdf", title, pdf, PDF), ("docx", f"{title} (Word)", word, WORD))
    made = [
        documents.keep_ours(
            case=letter.case, title=called, filename=f"{name}.{ending}", content=content,
            media_type=kind, by=by, on=on,
        )
        for ending, called, content, kind in files
    ]  # fmt: skip
    _claim(
        letter, version, state=Letter.State.ISSUED, why_held="", issued_on=on,
        document_id=made[0].pk, word_id=made[1].pk,
    )  # fmt: skip
    record(
        ISSUED, by=by, subject=letter, children=[letter.case.child_id], letter=letter.pk,
        document=made[0].pk, word=made[1].pk, on=on,
    )  # fmt: skip
    deadlines.rebuild(letter.case)  # a letter may acknowledge the referral
    return letter


@transaction.atomic
def withdraw(
    *, letter: Letter, why: str, by: Actor, on: date, version: int | None = None
) -> Letter:
    """Withdraw a letter, saying why. What was issued stays on the case."""
    policy.can_withdraw(by, letter).require()
    if not why.strip():
        raise Faulty(("why", "Say why the letter is withdrawn."))
    was = letter.state
    _claim(
        letter, version, yours=[("Why", why)], state=Letter.State.WITHDRAWN, withdrawn_on=on,
        why_withdrawn=why.strip(), why_held="",
    )  # fmt: skip
    record(
        WITHDRAWN, by=by, subject=letter, children=[letter.case.child_id], letter=letter.pk, on=on,
        was=was,
    )  # fmt: skip
    deadlines.rebuild(letter.case)  # a letter may acknowledge the referral
    return letter


def _state(allowed: Decision) -> str:
    return Letter.State.DRAFT if allowed else Letter.State.HELD


def _claim(
    letter: Letter,
    version: int | None,
    *,
    yours: list[tuple[str, str]] | None = None,
    **changes: object,
) -> None:
    expected = letter.version if version is None else version
    claimed = Letter.objects.filter(pk=letter.pk, version=expected, state=letter.state).update(
        version=F("version") + 1, **changes
    )
    letter.refresh_from_db()
    if not claimed:
        theirs = {"Subject": letter.subject, "Letter": letter.body}
        raise Stale(
            "this letter",
            [("State", letter.get_state_display(), "")]
            + [(label, theirs.get(label, ""), text) for label, text in yours or ()],
        )


@transaction.atomic
def add_template(
    *, title: str, to: str, subject: str, body: str, by: Actor, on: date, kind: str = ""
) -> LetterTemplate:
    """Add a template of letters."""
    policy.can_edit_templates(by).require()
    _check_words(subject, body)
    key = slugify(title).replace("-", "_")[:50]
    if not key:
        raise Faulty(("title", "Give the letter a name."))
    try:
        with transaction.atomic():
            made = LetterTemplate.objects.create(
                key=key, title=title.strip(), to=to, kind=kind, subject=subject.strip(),
                body=body.strip(), made_on=on, made_by_id=by.pk,
            )  # fmt: skip
    except IntegrityError as error:
        raise Faulty(
            ("title", "There is, or was, a letter of this name. Choose another.")
        ) from error
    record(TEMPLATE_MADE, by=by, subject=made, template=key, version=1)
    return made


@transaction.atomic
def change_template(
    *,
    template: LetterTemplate,
    title: str,
    subject: str,
    body: str,
    by: Actor,
    on: date,
    word: bytes | None = None,
    drops_word: bool = False,
) -> LetterTemplate:
    """Make the next version of a template. Letters that were written keep the one they had.

    `word` is an officer's own Word template; without it the present one stays, unless dropped.
    """
    policy.can_edit_templates(by).require()
    _check_words(subject, body)
    if word is not None:
        _check_word(word, subject, body)
    if not _retired(template):
        current = queries.template_for(template.key)
        raise Stale(
            "this letter",
            [("Subject", current.subject, subject), ("Letter", current.body, body)],
        )
    kept = None if drops_word else word or template.word
    made = LetterTemplate.objects.create(
        key=template.key, title=title.strip(), to=template.to, kind=template.kind,
        subject=subject.strip(), body=body.strip(), word=kept, version=template.version + 1,
        made_on=on, made_by_id=by.pk,
    )  # fmt: skip
    record(TEMPLATE_MADE, by=by, subject=made, template=made.key, version=made.version)
    return made


@transaction.atomic
def retire_template(*, template: LetterTemplate, by: Actor) -> None:
    """Stop using a template. Letters that were written with it stay."""
    policy.can_edit_templates(by).require()
    if not _retired(template):
        raise Stale("this letter")
    record(
        TEMPLATE_RETIRED, by=by, subject=template, template=template.key, version=template.version
    )


@transaction.atomic
def restore_template(*, template: LetterTemplate, by: Actor) -> None:
    """Use a template again that had been stopped: its last version."""
    policy.can_edit_templates(by).require()
    last = queries.last_version(template.key)
    if last.is_current:
        raise Stale("this letter")
    LetterTemplate.objects.filter(pk=last.pk).update(is_current=True)
    record(TEMPLATE_RESTORED, by=by, subject=last, template=last.key, version=last.version)


def _retired(template: LetterTemplate) -> bool:
    current = LetterTemplate.objects.filter(pk=template.pk, is_current=True)
    return bool(current.update(is_current=False))


def _check_words(subject: str, body: str) -> None:
    faults = []
    for field, text, empty in (
        ("subject", subject, "Say what the letter is about."),
        ("body", body, "Write the letter."),
    ):
        if not text.strip():
            faults.append((field, empty))
        try:
            letters.fill(text, {})
        except letters.UnknownField as error:
            faults.append((field, str(error)))
    if faults:
        raise Faulty(*faults)


def _check_word(word: bytes, subject: str, body: str) -> None:
    try:
        letters.check_word(word, queries.example_sheet(subject, body))
    except letters.UnsafeWord as error:
        raise Faulty(("word", str(error))) from error
