"""What a visitor who looks at a page notices: faults of one width alone, and of colours there."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.office import Office, Visitor

PAGE = """<!doctype html><html lang="en-GB"><head><title>A page</title>
<meta name="viewport" content="width=device-width"><style>
body {{ color: #111; background: #fff }} .pale {{ color: #ddd }} .narrow {{ display: none }}
{always} @media (max-width: 600px) {{ .narrow {{ display: block }} {narrow} }}
</style></head><body><main><h1>A heading</h1><section><p><b>Some words</b></p></section>
<p class="narrow {more}">Words for telephones</p></main></body></html>"""
FAULTS = [
    ("", "", "", []),
    ("b { color: #ddd }", "", "", ["desktop"]),
    ("", "b { color: #ddd }", "", ["telephone"]),
    ("", "section { background: #222 }", "", ["telephone"]),
    ("", "section { opacity: 0.1 }", "", ["telephone"]),
    # What is large may be paler than what is small.
    ("b { color: #888; font-size: 24px }", "b { font-size: 16px }", "", ["telephone"]),
    ("", "", "pale", ["telephone"]),
    ("", "b { display: block; width: 500px }", "", ["telephone"]),
]


@pytest.mark.parametrize(("always", "narrow", "more", "where"), FAULTS)
def test_a_fault_of_one_width_is_noticed_there(
    browser: Browser, always: str, narrow: str, more: str, where: list[str]
) -> None:
    visitor = Visitor(browser, Office(url="http://localhost", folder=Path()))
    visitor.page.set_content(PAGE.format(always=always, narrow=narrow, more=more))

    visitor.look("A page")

    visitor.page.context.close()
    told = str(visitor.faults)
    assert [w for w in ("desktop", "telephone") if f"({w})" in told] == where, told
