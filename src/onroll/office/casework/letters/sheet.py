"""A letter ready to be set: who writes, to whom, and its paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

# What neither Word's format nor a PDF may hold.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a letter: a paragraph, a heading or a list; `lines` are its lines or items."""

    kind: Literal["paragraph", "heading", "list", "closing"]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on the page."""

    authority: str
    sender: tuple[str, ...]
    colour: str
    address: tuple[str, ...]  # the recipient's name and address, for the envelope's window
    on: date
    reference: str
    greeting: str
    subject: str
    blocks: tuple[Block, ...]
    is_draft: bool = True

    @property
    def day(self) -> str:
        """The date as people write it."""
        return f"{self.on.day} {self.on:%B %Y}"


def clean(text: str) -> str:
    """Return text without characters that a letter can't hold, with plain line ends."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def blocks(text: str) -> tuple[str, tuple[Block, ...]]:
    """Return the greeting, if the letter begins with one, and what follows it.

    A blank line parts paragraphs; lines that begin with "- " are a list; "# " makes a heading.
    """
    parts = [part for part in re.split(r"\n\s*\n", clean(text)) if part.strip()]
    greeting = ""
    if parts and parts[0].startswith("Dear ") and "\n" not in parts[0]:
        greeting = parts.pop(0)
    return greeting, tuple(block for part in parts for block in _blocks(part))


def _blocks(part: str) -> Iterator[Block]:
    lines = [line.strip() for line in part.split("\n") if line.strip()]
    plain: list[str] = []
    items: list[str] = []
    for line in lines:
        if line.startswith("- "):
            if plain:
                yield Block("paragraph", tuple(plain))
                plain = []
            items.append(line[2:].strip())
            continue
        if items:
            yield Block("list", tuple(items))
            items = []
        if line.startswith("# "):
            yield Block("heading", (line[2:].strip(),))
        else:
            plain.append(line)
    if items:
        yield Block("list", tuple(items))
    if plain:
        is_closing = len(plain) == 1 and plain[0].startswith("Yours ")
        yield Block("closing" if is_closing else "paragraph", tuple(plain))
