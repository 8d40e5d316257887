"""Which share of possible sessions makes an absence persistent or severe."""

from typing import Final

from onroll.marks.alphabet import Booleans, Numbers
from onroll.statute.numbers import NUMBERS

# Percent of a pupil's own possible sessions.
PERSISTENT: Final = NUMBERS["PA_THRESHOLD"].whole
SEVERE: Final = NUMBERS["SA_THRESHOLD"].whole
# Fewer possible sessions say nothing of a habit: these are four weeks of school.
LEAST_POSSIBLE: Final = 40


def missed_at_least(missed: Numbers, possible: Numbers, percent: int) -> Booleans:
    """Return whether so many percent of the possible sessions were missed, exactly counted."""
    found: Booleans = (possible > 0) & (missed * 100 >= possible * percent)
    return found
