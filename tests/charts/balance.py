"""Whether tags are closed in order."""

from html.parser import HTMLParser


class Balanced(HTMLParser):
    """Notes tags that are closed out of order."""

    void = frozenset({"meta", "rect"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.void:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        return

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)


def faults(html: str) -> list[str]:
    read = Balanced()
    read.feed(html)
    return [*read.faults, *read.open]


def table_of(html: str) -> str:
    return html[html.index("<table>") :]
