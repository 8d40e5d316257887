"""Nonsense words that stand for what must not be told, and the search for them in any answer."""

import base64
import binascii
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import unquote_plus

from pypdf import PdfReader

CORE = "zyxq"
_LETTERS = 5
_WORD = re.compile(rf"{CORE}[a-z]{{{_LETTERS}}}")
_POSTCODE = re.compile(r"zz97\s{0,3}\d[a-z]{2}")
_REFERENCE = re.compile(r"\b[0-9a-z]{12}\b|\b[0-9a-z]{18}\b|\b[0-9a-z]{4}(?: [0-9a-z]{2,4}){4}\b")
_UPN = re.compile(r"\b[a-z]9987\d{7}[0-9a-z]\b")
_DAY = re.compile(r"\d{1,2} [a-z]{3,9} \d{4}|\d{4}-\d\d-\d\d|\d\d/\d\d/\d{4}")
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})", re.IGNORECASE)
_PERHAPS_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{12,}={0,2}")
_PERHAPS = (_WORD, _POSTCODE, _REFERENCE, _UPN, _DAY)


@dataclass(frozen=True, slots=True)
class Planted:
    """Where one word was planted, and whether it tells a place."""

    child: int
    where: str  # "people.ChildAddress.line_1"
    is_place: bool = False


@dataclass(slots=True)
class Traces:
    """Every word planted, by itself in lower case."""

    planted: dict[str, Planted] = field(default_factory=dict)
    made: int = 0

    def word(self, child: int, where: str, *, is_place: bool = False) -> str:
        """Make a word that is found nowhere else, and remember whose it is."""
        self.made += 1
        # Scrambled, so that no two words are a slip of one another.
        rest, letters = self.made * 2_654_435_761 % 26**_LETTERS, ""
        for _ in range(_LETTERS):
            rest, letter = divmod(rest, 26)
            letters += chr(ord("a") + letter)
        word = f"{CORE}{letters}"
        assert word not in self.planted
        self.planted[word] = Planted(child, where, is_place)
        return word.capitalize()

    def postcode(self, child: int, where: str, *, is_place: bool) -> str:
        """Make a postcode of a sector that nobody else has."""
        self.made += 1
        letters = "ABDEFGHJLNPQRSTUWXYZ"
        first, rest = divmod(self.made, 20 * 20)
        made = f"ZZ97 {first % 10}{letters[rest // 20]}{letters[rest % 20]}"
        self.planted[made.lower()] = Planted(child, where, is_place)
        return made

    def value(self, value: str, child: int, where: str) -> str:
        """Remember a value that had to be of a certain shape: a reference, a number."""
        self.planted[value.lower()] = Planted(child, where)
        return value

    def day(self, day: date, child: int) -> None:
        """Remember a date of birth in each way that a page could write it."""
        for said in (f"{day.day} {day:%B %Y}", f"{day.day} {day:%b %Y}", f"{day:%d %B %Y}",
                     day.isoformat(), f"{day:%d/%m/%Y}"):  # fmt: skip
            self.planted[said.lower()] = Planted(child, "people.Child.born_on")

    def found_in(self, content: bytes | str) -> set[str]:
        """Return the planted words in an answer, however it writes them."""
        found: set[str] = set()
        for text in readings(content):
            low = text.lower()
            for pattern in _PERHAPS:
                found |= {m for m in pattern.findall(low) if m in self.planted}
            # A receipt is shown in groups of four.
            found |= {
                w
                for m in _REFERENCE.findall(low)
                if " " in m and (w := m.replace(" ", "")) in self.planted
            }
        return found

    def told(self, found: Iterable[str]) -> str:
        """Say where the words that were found had been planted."""
        return "; ".join(f"{w} ({self.planted[w].where})" for w in sorted(found))


def readings(content: bytes | str) -> Iterator[str]:
    """Yield an answer as it is and with each encoding undone: HTML, URL, JSON, base64."""
    if isinstance(content, bytes) and content[:5] == b"%PDF-":
        reader = PdfReader(io.BytesIO(content))
        content = "\n".join([*(page.extract_text() for page in reader.pages), str(reader.metadata)])
    elif isinstance(content, bytes) and content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = "\n".join(
                f"{name}\n{packed.read(name).decode('utf-8', 'replace')}"
                for name in packed.namelist()
            )
    raw = content.decode("utf-8", "replace") if isinstance(content, bytes) else content
    yield raw
    if "&" in raw:
        yield html.unescape(raw)
    if "%" in raw or "+" in raw:
        yield unquote_plus(raw)
    if "\\u" in raw:
        yield _ESCAPED.sub(lambda m: chr(int(m[1], 16)), raw)
    unpacked = [piece for run in _PERHAPS_BASE64.findall(raw) for piece in _decoded(run)]
    if unpacked:
        yield "\n".join(unpacked)


def _decoded(run: str) -> Iterator[str]:
    plain = run.rstrip("=").translate(str.maketrans("-_", "+/"))
    # A word may begin at any of the four places of a group.
    for start in range(4):
        piece = plain[start:]
        piece = piece[: len(piece) - len(piece) % 4]
        try:
            made = base64.b64decode(piece)
        except binascii.Error:
            continue
        if CORE in (text := made.decode("latin-1")).lower() or "ZZ97" in text:
            yield text
        elif start == 0 and made[:1] == b"\x78":
            try:
                yield zlib.decompress(made).decode("utf-8", "replace")
            except zlib.error:
                continue
