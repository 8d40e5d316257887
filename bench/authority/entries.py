"""How a child comes to stand on a list: the entry, with what goes wrong in it."""

from datetime import date
from random import Random

from bench.authority.identifiers import OUR_CODE, Issuer
from bench.authority.noise import Noise
from bench.authority.people import YEAR, Child
from bench.authority.places import Address
from bench.authority.registers import Register, Sighting
from bench.authority.slips import (
    UNUSABLE_DATES,
    another_year,
    changed_over,
    misread,
    mistyped,
    wrong_date,
    wrong_digit,
)
from bench.authority.variants import english_spelling, other_spelling, without_diacritics

COLUMNS = (
    "upn", "nhs_number", "given_name", "middle_names", "family_name", "born_on", "sex",
    "house", "street", "postcode",
)  # fmt: skip
SHORT_KINDS = {
    "Road": "Rd", "Street": "St", "Avenue": "Ave", "Close": "Cl", "Drive": "Dr", "Lane": "Ln",
    "Crescent": "Cres", "Gardens": "Gdns", "Grove": "Gr", "Court": "Ct", "Place": "Pl",
    "Terrace": "Terr", "Square": "Sq",
}  # fmt: skip
# Where the order of names is not that of English forms.
ORDER_UNSURE = frozenset(
    ("chinese", "vietnamese", "somali", "muslim", "arabic", "father_in_middle", "west_african")
)
FEMININE = (("ska", "ski"), ("cka", "cki"), ("dzka", "dzki"), ("ova", "ov"), ("eva", "ev"),
            ("ová", ""), ("aitė", "as"), ("ņa", "ņš"))  # fmt: skip
MASCULINE = (("ski", "ska"), ("cki", "cka"), ("ov", "ova"), ("ev", "eva"), ("as", "aitė"),
             ("ņš", "ņa"))  # fmt: skip
Entry = tuple[str, ...]


class Clerk:
    """Writes entries: what is true, seen at a time by a list of a kind, with its slips."""

    def __init__(self, *, rng: Random, noise: Noise, on: date) -> None:
        self.rng, self.noise = rng, noise
        # What lists add themselves comes from other schools and another block.
        self.issuer = Issuer(rng.randrange(1_000_000), block=996)
        self.today = on.toordinal()

    def enter(self, child: Child, sighting: Sighting) -> Entry:
        """One entry, in the order of COLUMNS."""
        register = sighting.register
        given, middles, family = self._names(child, register)
        house, street, postcode = self._address(child, sighting)
        return (
            self._upn(child, sighting),
            self._nhs_number(child, sighting),
            given,
            middles,
            family,
            self._birth_date(child, register),
            self._sex(child),
            house,
            street,
            postcode,
        )

    # Names

    def _names(self, child: Child, register: Register) -> tuple[str, str, str]:
        rng, noise, chance = self.rng, self.noise, self.rng.random
        style = child.household.tradition.style
        family = self._family(child, register)
        given, middles = child.name.given, list(child.name.middles)
        if child.second_given and chance() < noise.other_spelling:
            given = child.second_given
        if child.known_as and chance() < noise.known_name * register.usual:
            if child.known_as in middles:
                middles.remove(child.known_as)
                if chance() < 0.3:
                    middles.insert(0, given)
            given = child.known_as
        if style == "english":
            if chance() < noise.english_spelling:
                given = english_spelling(rng, given)
            if chance() < noise.english_spelling:
                family = english_spelling(rng, family)
        elif chance() < noise.third_spelling:
            given = other_spelling(rng, given)
        given, middle, family = self._parts(child, register, given, middles, family)
        return self._slipped(register, given, middle, family)

    def _family(self, child: Child, register: Register) -> str:
        """Which of its family names a child stands under."""
        rng, noise, chance = self.rng, self.noise, self.rng.random
        family = child.name.family
        if child.family_at_birth != family:
            if register.letter == "B":
                return child.family_at_birth
            if chance() < noise.earlier_family_name * register.former:
                return child.family_at_birth
        if chance() < noise.other_parent * register.slips:
            return child.other_family
        if child.second_family and chance() < noise.other_spelling:
            return child.second_family
        origin = child.household.tradition
        if origin.origin == "eastern_european" and chance() < noise.other_gender_form:
            return _other_gender(family)
        if origin.style != "english" and chance() < noise.third_spelling:
            return other_spelling(rng, family)
        return family

    def _parts(
        self, child: Child, register: Register, given: str, middles: list[str], family: str
    ) -> tuple[str, str, str]:
        """Move, cut and join the parts of a name."""
        noise, chance = self.noise, self.rng.random
        style = child.household.tradition.style
        if middles and style == "somali" and chance() < noise.patronymic_cut:
            # Of three names the last is lost, and the father's is taken for the family's.
            family = middles.pop()
        if style == "sikh" and middles and chance() < noise.patronymic_cut:
            family = middles.pop(0)
        if middles:
            lot = chance()
            if lot < noise.middle_joined:
                given, middles = f"{given} {' '.join(middles)}", []
            elif lot < noise.middle_joined + noise.middle_dropped * register.middles:
                middles = []
            elif chance() < noise.middle_initial:
                middles = [name[0] for name in middles]
            elif len(middles) > 1 and chance() < 0.2:
                middles = middles[:1]
        if "-" in family or " " in family:
            family = self._two_part(family, style)
        if ("-" in given or " " in given) and style != "sikh":
            given = self._two_part_given(given)
        swap = noise.swapped_abroad if style in ORDER_UNSURE else noise.swapped
        if chance() < swap:
            given, family = family, given
        elif style in ORDER_UNSURE and middles and chance() < swap:
            given, middles = middles[0], [given, *middles[1:]]
        return given, " ".join(middles), family

    def _two_part(self, family: str, style: str) -> str:
        """A family name in two parts, as forms with one box have it."""
        rng, lot = self.rng, self.rng.random()
        mark = "-" if "-" in family else " "
        first, _, last = family.partition(mark)
        if style in ("arabic", "muslim"):
            # Al-Hassan, El Hassan, Alhassan, Hassan.
            if lot < self.noise.part_cut and len(first) < 3:
                return last
            if lot < self.noise.part_cut + self.noise.run_together:
                return rng.choice((first + last.lower(), first + last))
            return f"{first} {last}" if rng.random() < self.noise.run_together else family
        if lot < self.noise.part_cut:
            return last if rng.random() < 0.6 else first
        if lot < self.noise.part_cut + self.noise.run_together:
            return rng.choice((first + last, first + last.lower(), f"{first} {last}"))
        if rng.random() < 0.04:
            return f"{last}{mark}{first}"
        return family

    def _two_part_given(self, given: str) -> str:
        """A given name in two parts, cut, run together or written with the other mark."""
        lot, noise = self.rng.random(), self.noise
        first, _, last = given.replace("-", " ").partition(" ")
        if lot < noise.part_cut * 0.5:
            return first
        if lot < noise.part_cut * 0.5 + noise.run_together:
            return first + last.replace(" ", "").lower()
        if lot < noise.part_cut * 0.5 + noise.run_together * 2:
            return f"{first} {last}" if "-" in given else f"{first}-{last}"
        return given

    def _slipped(
        self, register: Register, given: str, middle: str, family: str
    ) -> tuple[str, str, str]:
        """Slips, lost marks, capitals and spaces."""
        rng, noise, chance = self.rng, self.noise, self.rng.random
        if not (given.isascii() and family.isascii() and middle.isascii()) and (
            chance() < noise.diacritics_lost
        ):
            given, middle = without_diacritics(given), without_diacritics(middle)
            family = without_diacritics(family)
        if chance() < noise.given_slip * register.slips:
            given = mistyped(rng, given)
        if chance() < noise.family_slip * register.slips:
            family = mistyped(rng, family)
        if chance() < noise.misread * register.slips:
            given, family = (
                (misread(rng, given), family) if chance() < 0.5 else (given, misread(rng, family))
            )
        if chance() < noise.given_initial * register.slips and given:
            given = given[0]
        if chance() < noise.given_missing:
            given = ""
        if "'" in family and chance() < noise.run_together * 3:
            family = rng.choice(
                (family.replace("'", ""), family.replace("'", " "), family.replace("'", "’"))
            )
        if register.capitals:
            family = family.upper()
        elif chance() < noise.odd_case:
            change = str.upper if chance() < 0.6 else str.lower
            given, middle, family = change(given), change(middle), change(family)
        if chance() < noise.odd_spaces:
            lot = chance()
            given = f"{given} " if lot < 0.5 else given
            family = f" {family}" if lot > 0.7 else family.replace("-", " - ")
        return given, middle, family

    # Date and sex

    def _birth_date(self, child: Child, register: Register) -> str:
        rng, noise, chance = self.rng, self.noise, self.rng.random
        born_on = date.fromordinal(child.born)
        if child.default_date and chance() < noise.date_default:
            return f"{born_on.year + rng.choice((-1, 0, 0, 0, 0, 0, 0, 0, 0, 1))}-01-01"
        slips = register.slips
        lot = chance()
        for rate, change in (
            (noise.date_changed_over * slips * 2.5, "over"),  # two in five days are 12 or less
            (noise.date_digit * slips, "digit"),
            (noise.date_year_out * slips, "year"),
            (noise.date_of_sibling, "sibling"),
            (noise.date_missing * slips, "missing"),
            (noise.date_unusable, "unusable"),
        ):
            lot -= rate
            if lot >= 0:
                continue
            match change:
                case "over":
                    born_on = changed_over(born_on)
                case "digit":
                    born_on = wrong_date(rng, born_on)
                case "year":
                    born_on = another_year(rng, born_on)
                case "sibling" if child.sibling_born:
                    born_on = date.fromordinal(child.sibling_born)
                case "missing":
                    return ""
                case "unusable":
                    return rng.choice(UNUSABLE_DATES)
            break
        return born_on.isoformat()

    def _sex(self, child: Child) -> str:
        lot = self.rng.random()
        if lot < self.noise.sex_wrong:
            return "F" if child.sex == "M" else "M"
        return "" if lot < self.noise.sex_wrong + self.noise.sex_missing else child.sex

    # Numbers

    def _upn(self, child: Child, sighting: Sighting) -> str:
        register, noise, chance = sighting.register, self.noise, self.rng.random
        if not register.upn:
            return ""
        if sighting.seen_on < child.upn_since and register.evidence == "residence":
            return ""
        if sighting.again and chance() >= register.same_number:
            if chance() < 0.6 or register.upn < 0.9:
                return ""
            return self._new_upn(sighting, temporary=True)
        lot = chance()
        if register.upn < 1 and lot >= register.upn:
            return ""
        if not child.upn:
            return self._new_upn(sighting, temporary=True) if register.upn >= 0.9 else ""
        new = child.household.from_abroad and child.household.arrived > self.today - 400
        if chance() < noise.upn_temporary * (10 if new else 1) and register.upn == 1:
            return self._new_upn(sighting, temporary=True)
        if chance() < noise.upn_missing:
            return ""
        if chance() < noise.upn_second:
            return self._new_upn(sighting, temporary=False)
        if chance() < noise.upn_slip * register.slips:
            return wrong_digit(self.rng, child.upn, 0)
        return child.upn

    def _new_upn(self, sighting: Sighting, *, temporary: bool) -> str:
        year = 1970 + int((sighting.seen_on - 719_163) / YEAR)
        school = 8_000 + self.rng.randrange(60)
        return self.issuer.upn(authority=OUR_CODE, school=school, year=year, temporary=temporary)

    def _nhs_number(self, child: Child, sighting: Sighting) -> str:
        register, noise, chance = sighting.register, self.noise, self.rng.random
        if not register.nhs or chance() >= register.nhs:
            return ""
        if sighting.again and chance() >= register.same_number:
            return "" if chance() < 0.7 else self.issuer.nhs_number()
        if chance() < noise.nhs_missing:
            return ""
        if chance() < noise.nhs_slip:
            return wrong_digit(self.rng, child.nhs_number, 3)
        return child.nhs_number

    # Address

    def _address(self, child: Child, sighting: Sighting) -> tuple[str, str, str]:
        rng, noise, chance = self.rng, self.noise, self.rng.random
        register, household = sighting.register, child.household
        seen_on = sighting.seen_on
        if chance() < noise.address_late * register.late:
            seen_on = max(child.born, seen_on - int((0.2 + rng.expovariate(0.6)) * YEAR))
        home = household.home_at(seen_on)
        if home.area < 0 and child.lives_here:
            home = household.home_at(sighting.seen_on)
        if child.second_home and register.letter != "B" and chance() < noise.other_home:
            home = child.second_home
        if chance() < noise.address_missing * register.slips or not home.postcode:
            return "", "", ""
        return self._written(home, register)

    def _written(self, home: Address, register: Register) -> tuple[str, str, str]:
        """An address as it is typed."""
        rng, noise, chance = self.rng, self.noise, self.rng.random
        house, street, postcode = home.house, home.street, home.postcode
        if chance() < noise.house_missing * register.slips:
            house = ""
        elif house.startswith("Flat") and chance() < noise.flat_lost:
            house = house.partition(", ")[2] if chance() < 0.6 else house.replace(", ", " ")
        lot = chance()
        if lot < noise.street_missing:
            street = ""
        elif lot < noise.street_missing + noise.street_slip * register.slips:
            street = mistyped(rng, street)
        elif lot > 1 - noise.street_shortened:
            name, _, kind = street.rpartition(" ")
            street = f"{name} {SHORT_KINDS.get(kind, kind)}"
        if chance() < noise.postcode_missing * register.slips:
            return house, street, ""
        if chance() < noise.postcode_slip * register.slips:
            postcode = wrong_digit(rng, postcode.replace(" ", ""), 2)
            postcode = f"{postcode[:-3]} {postcode[-3:]}"
        if chance() < noise.postcode_unspaced:
            postcode = postcode.replace(" ", "") if chance() < 0.7 else postcode.lower()
        return house, street, postcode


def _other_gender(family: str) -> str:
    """A family name in the form of the other sex."""
    for ending, other in FEMININE + MASCULINE:
        if family.endswith(ending):
            return family[: len(family) - len(ending)] + other
    return family
