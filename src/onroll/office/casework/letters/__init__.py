"""How a letter is put together: its fields, its paragraphs, and the files that are sent."""

from onroll.office.casework.letters.fields import EXAMPLES, FIELDS, Field, UnknownField, fill, gaps
from onroll.office.casework.letters.pdf import CannotPrint, as_pdf
from onroll.office.casework.letters.sheet import Block, Sheet, blocks
from onroll.office.casework.letters.word import UnsafeWord, as_word, check_word, default_word

__all__ = [
    "EXAMPLES",
    "FIELDS",
    "Block",
    "CannotPrint",
    "Field",
    "Sheet",
    "UnknownField",
    "UnsafeWord",
    "as_pdf",
    "as_word",
    "blocks",
    "check_word",
    "default_word",
    "fill",
    "gaps",
]
