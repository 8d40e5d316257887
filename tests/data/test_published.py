"""Published absence of four authorities, and whom each is set beside."""

from decimal import Decimal

import pytest

from onroll.data.published import absence, absence_years


@pytest.mark.parametrize(
    ("code", "region", "year", "said"),
    [
        # authority, region, England, mean of statistical neighbours
        ("331", "West Midlands", "2023/24", ["7.39", "7.33", "7.15"]),
        ("331", "West Midlands", "2024/25", ["7.19", "6.85", "6.78"]),
    ],
)
def test_overall_absence_is_as_published(
    code: str, region: str, year: str, said: list[str]
) -> None:
    found = absence("TotAbs", code, year)

    assert [str(one.value) for one in found][:3] == said
    assert [one.area for one in found] == ["authority", "region", "national", "neighbours"]
    assert found[1].area_name == region


def test_persistent_absence_beside_neighbours_is_that_of_the_scrutiny_slides() -> None:
    found = absence("TotPerAbNew", "331", "2023/24")

    assert [one.value for one in found] == [
        Decimal("21.35"), Decimal("21.12"), Decimal("19.95"), Decimal("20.81")
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["331", "383", "916", "815"])
def test_four_authorities_have_every_headline_with_a_region(code: str) -> None:
    for key in ("TotAbs", "TotAuthAbs", "TotUnAuthAbs", "TotPerAbNew", "TotSevPerAbNew"):
        for year in absence_years(key)[:2]:
            found = absence(key, code, year)
            assert all(one.value is not None for one in found), (key, year)
            assert len(found) == 4


def test_what_was_not_published_is_no_number() -> None:
    assert absence("TotSevPerAbNew", "331", "2019/20")[0].value is None
    assert absence_years("TotAbs")[0] == "2024/25"
