"""Questions asked about letters and documents."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings

from onroll.office.casework.policy.documents import ENDINGS, WITH_MACROS
from onroll.office.casework.queries import documents, letters
from onroll.office.web.forms import (
    ChooseOne,
    FilterForm,
    GovukForm,
    LongText,
    ShortText,
    UploadField,
)


class ToCarer(GovukForm):
    """To which carer a letter goes; beside each, where it goes or why it will be held."""

    carer = ChooseOne(label="To whom does the letter go?", choices=[])

    def __init__(
        self, *args: Any, carers: Sequence[tuple[letters.Recipient, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["carer"]
        assert isinstance(field, ChooseOne)
        named = [(str(r.carer.pk), r, refusal) for r, refusal in carers if r.carer]
        field.choices = [(key, f"{r.name} ({r.says.lower()})") for key, r, _ in named]
        field.hints = {
            key: f"Will be held. {refusal}" if refusal else ", ".join(r.lines)
            for key, r, refusal in named
        }


class ToSchool(GovukForm):
    """To which school a letter goes."""

    school = forms.ChoiceField(label="School")

    def __init__(self, *args: Any, schools: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("school", [("", "Choose a school"), *schools])


class ToOthers(GovukForm):
    """To which authority or agency a letter goes."""

    name = ShortText(
        label="Name", max_length=150, help_text="A person, a team or an office, on one line"
    )
    address = LongText(
        label="Address",
        required=False,
        rows=5,
        max_length=400,
        help_text="One line for each part. Leave it empty if you send the letter by e-mail",
    )


class Words(GovukForm):
    """The words of one letter."""

    subject = ShortText(label="What the letter is about", max_length=200)
    body = LongText(
        label="Letter",
        rows=24,
        max_length=10_000,
        help_text="A blank line starts a new paragraph. “- ” starts a line of a list, “# ” a "
        "heading",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class Withdraw(GovukForm):
    """Why a letter is withdrawn."""

    why = LongText(label="Why is the letter withdrawn?", rows=3, max_length=1000)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class TemplateWords(GovukForm):
    """The words of a template of letters."""

    title = ShortText(label="Name of the letter", max_length=100)
    subject = ShortText(label="What the letter is about", max_length=200)
    body = LongText(
        label="Letter",
        rows=26,
        max_length=10_000,
        help_text="A blank line starts a new paragraph. “- ” starts a line of a list, “# ” a "
        "heading",
    )


class Template(TemplateWords):
    """A template that is changed, with an officer's own Word template beside it."""

    word = UploadField(
        label="Your own Word template",
        endings=(".docx",),
        max_bytes=5 * 1024 * 1024,
        required=False,
        help_text="A .docx file with your letterhead and fields such as {{ words }} or "
        "{{ child_name }}",
    )
    drops_word = forms.BooleanField(
        label="Stop using our own Word template for this letter", required=False
    )
    names = {"word": "the Word template"}


class NewTemplate(TemplateWords):
    """A template that did not exist."""

    to = ChooseOne(label="To whom does this letter go?", choices=letters.RECIPIENTS)
    field_order = ("title", "to", "subject", "body")


class Upload(GovukForm):
    """A file for a case."""

    file = UploadField(
        label="The file",
        # Files with macros are taken in only to be told why they are not kept.
        endings=(*ENDINGS, *WITH_MACROS),
        max_bytes=settings.UPLOAD_LIMIT,
        help_text="PDF, Word (.docx), Excel (.xlsx), a picture, an e-mail (.eml) or text (.txt); "
        f"at most {settings.UPLOAD_LIMIT // (1024 * 1024)} MB",
    )
    title = ShortText(
        label="What it is", max_length=150, required=False,
        help_text="For example, Letter from the family’s GP. Without it the file’s name is shown",
    )  # fmt: skip
    names = {"file": "the file"}


class DocumentFilter(FilterForm):
    """Which documents of a case to show."""

    text = ShortText(label="Words in the name")
    kind = forms.ChoiceField(label="Kind", choices=[("", "Any"), *documents.KINDS])
    held = forms.BooleanField(label="Only those not scanned yet")
