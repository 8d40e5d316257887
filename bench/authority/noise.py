"""How often each thing goes wrong, at three levels."""

from dataclasses import dataclass

# rate: (clean, usual, hard). A chance in one record, or among those of which the words beside
# it speak.
RATES: dict[str, tuple[float, float, float]] = {
    # Names that are right, but another of the child's names.
    "known_name": (0.06, 0.22, 0.42),  # the name gone by, where there is one and the list asks
    "other_spelling": (0.03, 0.13, 0.28),  # the child's second spelling, where there is one
    "third_spelling": (0.002, 0.012, 0.04),  # yet another, where the script is another
    "english_spelling": (0.001, 0.006, 0.015),  # Sara for Sarah, Jon for John
    "earlier_family_name": (0.03, 0.14, 0.32),  # still the name at birth, where it has changed
    "other_parent": (0.0005, 0.006, 0.018),  # the other parent's family name
    "diacritics_lost": (0.35, 0.75, 0.90),
    "other_gender_form": (0.005, 0.05, 0.12),  # -ski for -ska, -ov for -ova
    # Parts that move.
    "middle_dropped": (0.15, 0.45, 0.60),
    "middle_initial": (0.02, 0.06, 0.08),
    "middle_joined": (0.003, 0.012, 0.04),  # written after the given name
    "swapped": (0.0005, 0.004, 0.012),
    "swapped_abroad": (0.003, 0.02, 0.05),  # where the family name comes first, or has no place
    "part_cut": (0.04, 0.17, 0.34),  # of a name in two parts
    "run_together": (0.02, 0.10, 0.18),  # of a name in two parts
    "patronymic_cut": (0.02, 0.10, 0.22),  # of three names, the last
    # Slips of the hand.
    "given_slip": (0.001, 0.007, 0.022),
    "family_slip": (0.001, 0.007, 0.022),
    "misread": (0.0003, 0.002, 0.008),  # rn for m, as a scanner or a tired eye
    "given_initial": (0.0002, 0.002, 0.006),
    "given_missing": (0.0, 0.0005, 0.002),
    "odd_case": (0.01, 0.05, 0.08),
    "odd_spaces": (0.002, 0.012, 0.03),
    # Birth date and sex.
    "date_changed_over": (0.0004, 0.003, 0.009),  # day and month; only where the day is 12 or less
    "date_digit": (0.0006, 0.004, 0.012),
    "date_year_out": (0.0002, 0.002, 0.006),
    "date_missing": (0.0001, 0.001, 0.004),
    "date_unusable": (0.0, 0.0003, 0.001),
    "date_of_sibling": (0.0001, 0.0008, 0.002),
    "date_default": (0.2, 0.6, 0.8),  # 1 January, for children whose date was not known
    "sex_wrong": (0.0003, 0.002, 0.005),
    "sex_missing": (0.001, 0.008, 0.02),
    # Numbers.
    "upn_missing": (0.002, 0.010, 0.035),
    "upn_slip": (0.0003, 0.003, 0.010),
    "upn_temporary": (0.001, 0.006, 0.020),  # ten times this for children new from abroad
    "upn_second": (0.0005, 0.005, 0.015),
    "nhs_missing": (0.002, 0.012, 0.05),
    "nhs_slip": (0.0002, 0.002, 0.006),
    # Addresses.
    "address_late": (0.06, 0.25, 0.40),  # not the present home if the family moved since
    "other_home": (0.05, 0.25, 0.40),  # the other parent's, where a child has two homes
    "house_missing": (0.001, 0.01, 0.03),
    "flat_lost": (0.02, 0.15, 0.30),  # of a flat's number
    "street_missing": (0.0005, 0.006, 0.015),
    "street_shortened": (0.10, 0.35, 0.50),  # Rd for Road
    "street_slip": (0.001, 0.012, 0.03),
    "postcode_missing": (0.001, 0.008, 0.03),
    "postcode_slip": (0.001, 0.008, 0.025),
    "postcode_unspaced": (0.02, 0.12, 0.20),
    "address_missing": (0.0005, 0.004, 0.012),
    # Twice in one list.
    "twice": (0.15, 1.0, 1.8),  # times each list's own rate
}
LEVELS = ("clean", "usual", "hard")


@dataclass(frozen=True, slots=True)
class Noise:
    """The rates of one level."""

    level: str
    known_name: float
    other_spelling: float
    third_spelling: float
    english_spelling: float
    earlier_family_name: float
    other_parent: float
    diacritics_lost: float
    other_gender_form: float
    middle_dropped: float
    middle_initial: float
    middle_joined: float
    swapped: float
    swapped_abroad: float
    part_cut: float
    run_together: float
    patronymic_cut: float
    given_slip: float
    family_slip: float
    misread: float
    given_initial: float
    given_missing: float
    odd_case: float
    odd_spaces: float
    date_changed_over: float
    date_digit: float
    date_year_out: float
    date_missing: float
    date_unusable: float
    date_of_sibling: float
    date_default: float
    sex_wrong: float
    sex_missing: float
    upn_missing: float
    upn_slip: float
    upn_temporary: float
    upn_second: float
    nhs_missing: float
    nhs_slip: float
    address_late: float
    other_home: float
    house_missing: float
    flat_lost: float
    street_missing: float
    street_shortened: float
    street_slip: float
    postcode_missing: float
    postcode_slip: float
    postcode_unspaced: float
    address_missing: float
    twice: float


def noise_at(level: str) -> Noise:
    """The rates of a level by name."""
    place = LEVELS.index(level)
    return Noise(level, **{name: rates[place] for name, rates in RATES.items()})
