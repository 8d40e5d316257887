"""The kind of file that lists of the whole population are: read by columns, by actions here."""

from onroll.matching.sources import COLUMNS
from onroll.office.intake.kinds import Column, Loader
from onroll.office.linkage.queries.sources import LISTS

_HELP = {
    "record_id": "The list's own number of the record, each one once. Leave the column out and the "
    "rows are numbered.",
    "upn": "Unique pupil number.",
    "nhs_number": "NHS number, ten digits.",
    "given_name": "First name.",
    "middle_names": "Middle names.",
    "family_name": "Surname.",
    "born_on": "Date of birth, best as 2014-03-05.",
    "sex": "M or F.",
    "house": "House name or number, and the flat.",
    "street": "Street.",
    "postcode": "Postcode.",
}
_EXAMPLES = dict(
    zip(
        COLUMNS,
        ("1001", "", "", "Example", "", "Child", "2014-03-05", "F", "12", "High Street", "ZZ1 4AB"),
        strict=True,
    )
)

LOADER = Loader(
    key=LISTS,
    title="Lists for finding missing children",
    says="A list of children who live here, or who are being educated. It is compared with the "
    "other lists and then destroyed.",
    columns=tuple(
        Column(name, name, help=_HELP[name], example=_EXAMPLES[name]) for name in COLUMNS
    ),
    permission="find.load",
    no_undo="A list is taken back on its own page.",
    sent_at="linkage:sources",
    shown_at="linkage:list",
)
