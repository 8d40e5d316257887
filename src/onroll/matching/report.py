"""The page that a search leaves: what was compared, what was found, what to do with it."""

from collections.abc import Sequence
from datetime import date

from onroll.charts.bars import Bar, bars
from onroll.charts.page import page as whole_page
from onroll.charts.page import paragraph, section, table
from onroll.matching.candidates import Candidate
from onroll.matching.causes import CAUSES
from onroll.matching.find import Found
from onroll.statute.writing import written

_COLUMN_HEADS = ["List", "Column", "Read as", "Filled", "Not usable", "Most look like"]


def page(found: Found) -> str:
    """Return the page as HTML. It names nobody: who is listed stands in missing.csv."""
    run = found.run
    listed = len(found.candidates)
    here = sum(one.probability * one.lives_here for one in found.candidates)
    lead = (
        f"{listed:,} people of compulsory school age, or of no known age, may be in no education "
        f"list on {_written(run['on'])}. About {run['expected_missing']:,.0f} are in none, and of "
        f"those about {here:,.0f} still live here."
        if listed
        else f"On {_written(run['on'])} nobody who lives here was found to be on no education list."
    )
    return whole_page(
        "Children on no education list",
        lead,
        [
            *(paragraph(says, kind="warning") for says in found.warnings),
            _what_to_do(),
            _by_cause(found.candidates),
            _by_probability(found.candidates),
            _who_lives_here(found.candidates),
            _sources(found),
            _how(found),
        ],
    )


def _what_to_do() -> str:
    says = (
        "This is a list of whom to ask about, not of children missing education. A probability "
        "never decides: somebody looks at each person, and a child is missing education only when "
        "enquiries have shown it.",
        "Begin with the groups below that are cleared together: ask the independent schools and "
        "the neighbouring authorities for their lists, and compare those who are perhaps on a roll "
        "under other details, before anybody knocks at a door.",
    )
    return section("What to do with it", *(paragraph(text) for text in says))


def _by_cause(candidates: Sequence[Candidate]) -> str:
    given = []
    for key, cause in CAUSES.items():
        chances = [one.probability * one.lives_here for one in candidates if one.cause == key]
        if chances:
            note = f"{cause.says} About {sum(chances):,.0f} live here and are in no list."
            given.append(Bar(cause.title, len(chances), f"{len(chances):,}", note))
    given.sort(key=lambda bar: -bar.value)
    return section("Why they may be unseen", bars("People listed, by likely cause", given,
                                                  heads=("Likely cause", "People")))  # fmt: skip


def _by_probability(candidates: Sequence[Candidate]) -> str:
    steps = [(0.9, 1.01, "90% or more"), (0.5, 0.9, "50% to 89%"), (0.1, 0.5, "10% to 49%"),
             (0.0, 0.1, "under 10%")]  # fmt: skip
    return section(
        "How sure it is that no education list has them",
        bars("People listed, by probability",
             [_counted(says, [c for c in candidates if low <= c.probability < high])
              for low, high, says in steps], heads=("Probability", "People")),
    )  # fmt: skip


def _who_lives_here(candidates: Sequence[Candidate]) -> str:
    steps = [
        (0.95, 1.01, "Very likely", "Family at the house in school, or no reason to doubt."),
        (0.5, 0.95, "As residents are listed", "On the lists that children in school are on."),
        (0.1, 0.5, "On few lists", "On some of them."),
        (0.0, 0.1, "As those who left are listed", "Only where people stay who moved away."),
    ]
    return section(
        "How likely it is that they still live here",
        paragraph(
            "Lists keep children who have moved away. Which lists the children in school are on "
            "shows what a resident child looks like."
        ),
        bars(
            "People listed, by the traces they leave",
            [
                _counted(says, [c for c in candidates if low <= c.lives_here < high], note)
                for low, high, says, note in steps
            ],
            heads=("Traces", "People"),
        ),
    )


def _written(day: str) -> str:
    return written(date.fromisoformat(day))


def _counted(says: str, found: Sequence[Candidate], note: str = "") -> Bar:
    return Bar(says, len(found), f"{len(found):,}", note)


def _sources(found: Found) -> str:
    shows = {"education": "being educated", "residence": "living here"}
    rows = [
        [
            source["name"],
            shows[source["evidence"]],
            _written(source["as_at"]),
            f"{source['records']:,}",
            f"{source['in_age']:,}",
            f"{source['in_age_and_education'] / source['in_age']:.1%}" if source["in_age"] else "",
        ]
        for source in found.run["sources"]
    ]
    heads = ["List", "Shows", "As at", "Records", "Of school age", "Of them in education"]
    return section(
        "What was compared",
        table("The lists that were compared", heads, rows),
        paragraph(
            "What was read of each column. Values that could not be used count as missing; they "
            "are shown with 9 for a digit and a for a letter."
        ),
        table("Columns that were read", _COLUMN_HEADS, _columns(found)),
    )


def _columns(found: Found) -> list[list[str]]:
    return [
        [
            source["name"],
            column["header"],
            column["name"],
            f"{column['filled'] / source['records']:.0%}",
            f"{column['unread']:,}" if column["unread"] else "none",
            column["looks"],
        ]
        for source in found.run["sources"]
        for column in source["columns"]
    ]


def _how(found: Found) -> str:
    run = found.run
    says = (
        f"{run['records']:,} records were compared and put together into {run['people']:,} people "
        f"by {run['links']:,} links, in {run['seconds_in_all']:,.0f} seconds with seed "
        f"{run['seed']}. The weights were learnt from the lists themselves. Twins are kept apart: "
        "two entries of one list are seldom one child. Each link in links.csv says what agrees, "
        "how rare the names are and what the pair weighs.",
        "Names, dates of birth and addresses differ more between the lists of some communities "
        "than of others, so that their children are listed in error more often. Who clears the "
        "list should know it.",
    )
    return section("How it was done", *(paragraph(text) for text in says))
