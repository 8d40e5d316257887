"""Sets a letter as a tagged PDF (PDF/UA-1)."""

import json
import re
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

import typst

from onroll.office.casework.letters.sheet import Sheet

HERE = Path(__file__).parent
_UNPRINTED = re.compile(r'the text `"(.+?)"`')


class CannotPrint(ValueError):
    """The letter holds a character for which there is no font."""


@cache
def _fonts() -> typst.Fonts:
    # The machine's own fonts serve names in scripts that ours does not have.
    return typst.Fonts(include_system_fonts=True, font_paths=[HERE / "fonts"])


def as_pdf(sheet: Sheet) -> bytes:
    """Return the letter as a PDF that a screen reader can read. Raises CannotPrint.

    The same letter gives the same bytes: the time within the file is the letter's own day.
    """
    told = {
        "title": sheet.subject,
        "authority": sheet.authority,
        "sender": sheet.sender,
        "colour": sheet.colour,
        "address": sheet.address,
        "day": sheet.day,
        "reference": sheet.reference,
        "greeting": sheet.greeting,
        "subject": sheet.subject,
        "blocks": [asdict(block) for block in sheet.blocks],
        "draft": sheet.is_draft,
    }
    compiler = typst.Compiler(
        HERE / "letter.typ",
        root=HERE,
        font_paths=_fonts(),
        sys_inputs={"letter": json.dumps(told)},
    )
    try:
        made = compiler.compile(
            format="pdf",
            pdf_standards="ua-1",
            timestamp=datetime.combine(sheet.on, time(12), UTC),
        )
    except typst.TypstError as error:
        if "font" not in error.message:
            raise
        named = _UNPRINTED.search(error.message)
        which = f" (“{named[1]}”)" if named else ""
        raise CannotPrint(
            f"The letter holds a character that no font here can print{which}. Take it out, or "
            "write the word in Latin letters."
        ) from error
    assert isinstance(made, bytes)
    return made
