"""The vulnerabilities and safeguarding statuses that a child can be flagged with.

Data, not law: what each means and why it matters to a child's education, with what it rests on.
`confidence` is "verified" where the source was read, "recalled" where nobody has checked it yet;
a recalled entry is shown with a warning and decides nothing.
"""

from dataclasses import dataclass
from typing import Literal

Confidence = Literal["verified", "recalled"]


@dataclass(frozen=True, slots=True)
class FlagKind:
    """One kind of flag. `key` is stored; a restricted one is shown only to those who may see it."""

    key: str
    title: str
    matters: str
    cites: str
    confidence: Confidence = "verified"
    is_restricted: bool = False
    group: str = "Status"


class UnknownFlag(LookupError):
    """No such flag: a flag is chosen from FLAGS, never made up."""


FLAGS: tuple[FlagKind, ...] = (
    FlagKind(
        "cin",
        "Child in need",
        "An attendance plan is agreed with the social worker; fair access applies.",
        "Children Act 1989, section 17",
        group="Social care",
    ),
    FlagKind(
        "s47",
        "Section 47 enquiry",
        "Home education may need consent, and an attendance order can follow.",
        "Children Act 1989, section 47; 2026 c. 21, section 37",
        is_restricted=True,
        group="Social care",
    ),
    FlagKind(
        "cpp",
        "Child protection plan",
        "Fair access applies for 12 months after it ends. Keep the date on which it ended.",
        "Children Act 1989, section 47; a fair access protocol read in 2026",
        is_restricted=True,
        group="Social care",
    ),
    FlagKind(
        "cla",
        "Looked after",
        "The virtual school head is told of everything; no education supervision order is made "
        "while in the authority's care.",
        "Children Act 1989, sections 22 and 36(6); SI 2022/788",
        group="Social care",
    ),
    FlagKind(
        "pla",
        "Previously looked after",
        "Priority in admissions, care outside England included; fair access applies.",
        "School Admissions Code 2021",
        group="Social care",
    ),
    FlagKind(
        "social_worker",
        "Has a social worker",
        "The social worker must be told of every suspension and exclusion.",
        "SI 2022/788",
        group="Social care",
    ),
    FlagKind(
        "kinship",
        "Formal kinship care",
        "Fair access applies; the virtual school head advises.",
        "A fair access protocol read in 2026; a local policy for the virtual school head",
        group="Social care",
    ),
    FlagKind(
        "ehcp",
        "EHC plan",
        "An attendance order names the school in the plan; education otherwise than at school is "
        "arranged through the plan.",
        "Education Act 1996, section 441; Children and Families Act 2014, section 61",
        group="Special educational needs",
    ),
    FlagKind(
        "sen_support",
        "SEN support",
        "Weighs in an exclusion; fair access applies.",
        "A fair access protocol read in 2026",
        group="Special educational needs",
    ),
    FlagKind(
        "young_carer",
        "Young carer",
        "Counted by the department; fair access applies.",
        "Department for Education, methodology of pupil absence statistics",
    ),
    FlagKind(
        "grt",
        "Gypsy, Roma or Traveller",
        "Fair access applies. Not the same as a mobile child, whose absence has its own code.",
        "A fair access protocol read in 2026; SI 2024/208",
    ),
    FlagKind(
        "mobile_child",
        "Mobile child",
        "No fixed abode because a parent travels for work: absence for it is coded T.",
        "SI 2024/208",
    ),
    FlagKind("refugee", "Refugee", "Fair access applies.", "A fair access protocol read in 2026"),
    FlagKind(
        "asylum", "Seeking asylum", "Fair access applies.", "A fair access protocol read in 2026"
    ),
    FlagKind(
        "uasc",
        "Unaccompanied, seeking asylum",
        "Normally looked after: check that the virtual school head knows.",
        "Not checked against a source",
        confidence="recalled",
    ),
    FlagKind(
        "forces",
        "Service family",
        "Posting orders count in admissions; ask the forces' education advisory service.",
        "Not checked against a source",
        confidence="recalled",
    ),
    FlagKind("homeless", "Homeless", "Fair access applies.", "A fair access protocol read in 2026"),
    FlagKind(
        "refuge",
        "In a refuge",
        "Fair access applies. Think whether the child's whereabouts must be sealed.",
        "A fair access protocol read in 2026",
        is_restricted=True,
        group="Risk",
    ),
    FlagKind(
        "youth_justice",
        "Known to youth justice",
        "Fair access applies; the youth justice service is told of unexplained absence.",
        "A fair access protocol and a county's guidance of 2024",
    ),
    FlagKind(
        "da",
        "Domestic abuse",
        "Refer at once. Check every contact before using it.",
        "Working practice of authorities; weighs in the risk score",
        is_restricted=True,
        group="Risk",
    ),
    FlagKind(
        "cse",
        "Child sexual exploitation",
        "Refer at once to children's social care.",
        "Working practice of authorities; weighs in the risk score",
        is_restricted=True,
        group="Risk",
    ),
    FlagKind(
        "cce",
        "Child criminal exploitation",
        "Refer at once to children's social care.",
        "Working practice of authorities; weighs in the risk score",
        is_restricted=True,
        group="Risk",
    ),
    FlagKind(
        "trafficking",
        "Trafficking",
        "Refer at once to children's social care and the police.",
        "Working practice of authorities; weighs in the risk score",
        is_restricted=True,
        group="Risk",
    ),
    FlagKind(
        "fgm",
        "Female genital mutilation",
        "Refer at once. A teacher who learns of a case must tell the police.",
        "Not checked against a source",
        confidence="recalled",
        is_restricted=True,
        group="Risk",
    ),
    FlagKind(
        "forced_marriage",
        "Forced marriage",
        "Refer at once. Do not speak to the family first.",
        "Working practice of authorities; weighs in the risk score",
        is_restricted=True,
        group="Risk",
    ),
    FlagKind(
        "radicalisation",
        "Radicalisation",
        "Refer through the authority's own route at once.",
        "Working practice of authorities; weighs in the risk score",
        is_restricted=True,
        group="Risk",
    ),
)

BY_KEY: dict[str, FlagKind] = {kind.key: kind for kind in FLAGS}


def flag_kind(key: str) -> FlagKind:
    """Return one kind of flag. Raises UnknownFlag for a key that is not in the table."""
    try:
        return BY_KEY[key]
    except KeyError:
        raise UnknownFlag(f"There is no flag {key!r}: choose one of the table.") from None
