"""Asks a copy of the library whether it still counts as the law does: the first difference found.

    PYTHONPATH=COPY python -m tests.statute.noticed

Exits 1 with the difference, 0 where there is none.
"""

import sys
from collections.abc import Iterator

from onroll.statute.calendar_file import read_calendar
from tests.statute import test_against_the_oracle as oracle
from tests.statute import test_standings as standings
from tests.statute import test_worked_examples as worked
from tests.statute.random_cases import cases

CALENDARS, FACTS_TO_A_CALENDAR = 12, 20


def differences() -> Iterator[str]:
    """Yield what differs: from examples worked by hand, from standings, from the oracle."""
    for example in worked.EXAMPLES:
        try:
            worked.test_every_example_worked_by_hand(example)
        except (AssertionError, ValueError):
            yield f"example: {example.says}"
    for case in standings.CASES:
        try:
            standings.test_every_case_of_the_table(case)
        except AssertionError:
            yield f"standing: {case['says']}"
    for n in range(CALENDARS):
        made = cases(f"planted.{n}", FACTS_TO_A_CALENDAR)
        calendar = read_calendar(oracle.plain(made[0].calendar))
        for case in made:
            _, found = oracle.differences(case, calendar)
            if found:
                yield oracle.report(case, f"planted.{n}", found)


def main() -> int:
    """Print the first difference. Returns 1 if there is one."""
    found = next(differences(), None)
    if found is None:
        return 0
    sys.stdout.write(f"{found}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
