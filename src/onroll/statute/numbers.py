"""Numbers of the law that are not clocks: ages, shares, sums of money, look-backs, lengths.

The window and the look-back of penalty notices are read from here by the rules that use them; the
others stand here for whoever asks, and a test holds those that the library also counts by to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from onroll.statute.commencement import (
    ATTENDANCE_GUIDANCE_2024,
    EXCLUSIONS_2012,
    HOME_EDUCATION_RETURN_2022,
    LEAVING_DATE_1998,
    PENALTIES_2024,
    PERSISTENT_ABSENCE_2015,
    REGISTERS_2024,
    SCHOOL_AGE_1998,
    SCHOOL_DAY_1999,
)
from onroll.statute.sources import Confidence


@dataclass(frozen=True, slots=True)
class Number:
    """One number, or a few that belong together, with its unit, source and confidence."""

    id: str
    title: str
    value: str
    unit: str
    cites: str
    confidence: Confidence
    since: date | None = None
    note: str = ""

    @property
    def whole(self) -> int:
        """The value where it is one whole number. Raises ValueError where it is not."""
        return int(self.value)

    def as_json(self) -> dict[str, str | None]:
        """The number as other programs read it."""
        return {
            "id": self.id,
            "title": self.title,
            "value": self.value,
            "unit": self.unit,
            "cites": self.cites,
            "since": self.since.isoformat() if self.since else None,
            "confidence": self.confidence.value,
            "caution": self.confidence.caution,
            "note": self.note,
        }


_V, _S, _R = Confidence.VERIFIED, Confidence.SECONDARY, Confidence.RECALLED
_PENALTIES = "SI 2007/1867, amended by SI 2024/210"

_TABLE = (
    Number(
        "CSA_PRESCRIBED",
        "Days on which compulsory school age can begin",
        "31 March, 31 August, 31 December",
        "days of the year",
        "SI 1998/1607 art 2; Education Act 1996 s.8(2)",
        _V,
        SCHOOL_AGE_1998,
        "31 March from 1999.",
    ),
    Number(
        "CSA_LEAVE",
        "School leaving date",
        "last Friday in June",
        "day of the year",
        "SI 1997/1970 art 2; Education Act 1996 s.8(3)",
        _V,
        LEAVING_DATE_1998,
    ),
    Number(
        "PA_THRESHOLD",
        "Persistent absence: share of the pupil's own possible sessions missed, or more",
        "10",
        "percent",
        "DfE, Pupil absence in schools in England, methodology",
        _V,
        PERSISTENT_ABSENCE_2015,
    ),
    Number(
        "SA_THRESHOLD",
        "Severe absence: share of the pupil's own possible sessions missed, or more",
        "50",
        "percent",
        "DfE, Pupil absence in schools in England, methodology",
        _R,
    ),
    Number(
        "REG_MAIN_SCHOOL",
        "Main school of a mobile child: months looked back",
        "18",
        "months",
        "SI 2024/208 reg 9(4)",
        _V,
        REGISTERS_2024,
    ),
    Number(
        "REGISTER_OPEN",
        "Longest time for which a register stays open",
        "30",
        "minutes",
        "Working together to improve school attendance",
        _V,
        ATTENDANCE_GUIDANCE_2024,
    ),
    Number(
        "PN_WINDOW",
        "Penalty notice threshold: school weeks within which the sessions lie",
        "10",
        "school weeks",
        "SI 2007/1867 reg 9A, inserted by SI 2024/210 reg 5",
        _V,
        PENALTIES_2024,
    ),
    Number(
        "PN_LOOKBACK",
        "Earlier penalty notices are counted back from the day of issue",
        "3",
        "years",
        "SI 2007/1867 reg 12A, inserted by SI 2024/210 reg 6",
        _V,
        PENALTIES_2024,
    ),
    Number(
        "PN_FIRST_LOW",
        "First penalty notice in three years, paid within 21 days",
        "80",
        "pounds",
        f"{_PENALTIES} reg 4",
        _V,
        PENALTIES_2024,
    ),
    Number(
        "PN_FIRST_HIGH",
        "First penalty notice in three years, paid after 21 days",
        "160",
        "pounds",
        f"{_PENALTIES} reg 4",
        _V,
        PENALTIES_2024,
    ),
    Number(
        "PN_SECOND",
        "Second penalty notice in three years",
        "160",
        "pounds",
        f"{_PENALTIES} reg 4(4)",
        _V,
        PENALTIES_2024,
    ),
    Number(
        "TRAVEL_UNDER8",
        "Walking distance under eight years of age",
        "2",
        "miles",
        "Education Act 1996 s.444(5)",
        _V,
    ),
    Number(
        "TRAVEL_8UP",
        "Walking distance from eight years of age",
        "3",
        "miles",
        "Education Act 1996 s.444(5)",
        _V,
    ),
    Number(
        "TRAVELLER_ATT",
        "Attendances in twelve months that defend a parent whose trade needs travel",
        "200",
        "attendances",
        "Education Act 1996 s.444(6)",
        _V,
        note="For a child of six years or more.",
    ),
    Number(
        "EX_LUNCH",
        "A suspension at lunchtime counts as",
        "0.5",
        "school day",
        "SI 2012/1033 reg 2(2)",
        _V,
        EXCLUSIONS_2012,
    ),
    Number(
        "IRP_PENALTY",
        "Taken from the school where a quashed exclusion is not followed by reinstatement",
        "4000",
        "pounds",
        "SI 2012/1033 regs 7(5), 25(5)",
        _V,
        EXCLUSIONS_2012,
    ),
    Number(
        "SCHOOL_YEAR_MIN",
        "Sessions that a school must hold in a school year",
        "380",
        "sessions",
        "SI 1999/3181 reg 3",
        _V,
        SCHOOL_DAY_1999,
        "190 days; maintained and non-maintained special schools, not academies.",
    ),
    Number(
        "CNIS_PILOT",
        "Share of authorities that may try a meeting before home education begins",
        "30",
        "percent",
        "Education Act 1996 s.434B, to be inserted by the Act of 2026 s.37",
        _S,
        note="Not commenced. Regulations within two years of the section being fully in force.",
    ),
    Number(
        "STAT_ROUND_LA",
        "Published counts of home education and of children missing education are rounded to",
        "10",
        "nearest",
        "DfE, Elective home education and Children missing education, data guidance",
        _V,
        HOME_EDUCATION_RETURN_2022,
    ),
    Number(
        "STAT_SUPPRESS_EX",
        "Published counts of exclusions that are hidden",
        "1 to 2",
        "count",
        "NCER, explanation of suppression",
        _S,
    ),
    Number(
        "STAT_SUPPRESS_FOI",
        "Counts that authorities commonly hide in answers",
        "1 to 4",
        "count",
        "authorities' practice",
        _R,
    ),
)

NUMBERS: Mapping[str, Number] = {number.id: number for number in _TABLE}
