"""Documents on a case, and letters from editable templates."""

from django.db import models
from django.db.models import Q

from onroll.office.kernel.facts import TransactionNow


class Document(models.Model):
    """A file on a case, kept encrypted in the database: scanned, or held until it is."""

    class Scan(models.TextChoices):
        CLEAN = "clean", "Scanned, nothing found"
        HELD = "held", "Held: the scanner did not answer"
        INFECTED = "infected", "Refused by the scanner"
        OURS = "ours", "Made here"

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="documents")
    title = models.TextField()
    filename = models.TextField()
    media_type = models.TextField()
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()  # encrypted
    scan = models.TextField(choices=Scan.choices)
    on = models.DateField()
    recorded_at = models.DateTimeField(db_default=TransactionNow())
    recorded_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )

    personal = "title filename content"
    plain = "media_type size digest scan on recorded_at"


class LetterTemplate(models.Model):
    """The words of a letter: editable, versioned, with {{ fields }} from a published list."""

    class To(models.TextChoices):
        CARER = "carer", "A parent or carer"
        SCHOOL = "school", "A school"
        AUTHORITY = "authority", "Another local authority"
        AGENCY = "agency", "An agency"

    key = models.SlugField()
    title = models.TextField()
    kind = models.TextField(blank=True, default="")  # for which kind of case; "" = any
    to = models.TextField(choices=To.choices, default=To.CARER)
    subject = models.TextField()
    body = models.TextField()
    word = models.BinaryField(null=True, blank=True)  # an officer's own Word template
    version = models.PositiveIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    made_on = models.DateField(null=True, blank=True)  # null = came with the program
    made_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    plain = "key title kind to subject body word version is_current made_on"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="one_version_of_a_template"),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(is_current=True),
                name="one_current_version_of_a_template",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Letter(models.Model):
    """A letter written on a case, to one recipient, and whether it may go."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        HELD = "held", "Held: the address or contact is not marked safe"
        ISSUED = "issued", "Issued"
        WITHDRAWN = "withdrawn", "Withdrawn"

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="letters")
    template = models.ForeignKey(LetterTemplate, on_delete=models.PROTECT)
    carer = models.ForeignKey("people.Carer", null=True, blank=True, on_delete=models.PROTECT)
    recipient = models.TextField()
    # A carer's address is not kept here: it is asked for anew, so that a letter cannot go to
    # one that has changed, and a sealed one lies nowhere in the clear.
    address = models.TextField(blank=True, default="")
    subject = models.TextField()
    body = models.TextField()
    state = models.TextField(choices=State.choices, default=State.DRAFT)
    why_held = models.TextField(blank=True, default="")
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    word = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # the same letter in Word
    written_on = models.DateField()
    written_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    why_withdrawn = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    personal = "recipient address subject body why_held why_withdrawn"
    plain = "state written_on issued_on withdrawn_on version"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_issued_letter_has_its_document_and_day",
                condition=~Q(state="issued") | Q(document__isnull=False, issued_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_withdrawn_letter_has_its_day_and_reason",
                condition=Q(withdrawn_on__isnull=True, why_withdrawn="") & ~Q(state="withdrawn")
                | (Q(withdrawn_on__isnull=False, state="withdrawn") & ~Q(why_withdrawn="")),
            ),
        ]
