"""What codes mean and how long an absence has to be, by the oracle of the tests."""

from datetime import date

from tests.marks.oracle import AUTHORISED, NOT_POSSIBLE, PRESENT, UNAUTHORISED

COUNTED = ("present", "authorised", "unauthorised")
# Of each code its place in COUNTED, and 3 where a session was not possible.
COUNTS_AS = {
    code: n
    for n, codes in enumerate((PRESENT, AUTHORISED, UNAUTHORISED, NOT_POSSIBLE))
    for code in sorted(codes)
}
PENALTY = ("G", "N", "O", "U")
PENALTY_SINCE = date(2024, 8, 19)
PENALTY_SESSIONS, PENALTY_WEEKS = 10, 10
# Each length of absence: how many school days, of which codes, past which others.
LENGTHS = {
    "absent_10_school_days": (10, ("G", "N", "O", "U"), ("D", "K", "V", "P", "W", "B", "#")),
    "sickness_15_consecutive": (15, ("I",), ("#", "Y4")),
    "unexplained_20_school_days": (20, ("G", "N", "O"), ("#",)),
}
SICK_DAYS = 15
SHARES = {"persistent": 10, "severe": 50}
LEAST_POSSIBLE = 40
