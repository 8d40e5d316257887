"""The office dresses charts by the sheet that pages carry, and its templates take them whole."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.template import engines

from onroll.charts.bars import bars
from onroll.charts.page import page


def test_the_office_serves_the_sheet_that_a_page_alone_carries() -> None:
    found = finders.find("onroll/charts.css")

    assert found
    assert Path(found).read_text(encoding="utf-8") in page("Title", "Lead", [])


def test_a_template_takes_a_chart_as_it_is_and_still_escapes_what_is_typed() -> None:
    template = engines["django"].from_string("{{ chart }}{{ typed }}")

    shown = template.render({"chart": bars("a < b", []), "typed": "<b>"})

    assert shown.startswith('<figure class="chart"><figcaption>a &lt; b</figcaption>')
    assert shown.endswith("&lt;b&gt;")
