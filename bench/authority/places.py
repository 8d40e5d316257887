"""Where people live: areas, streets and postcodes of places that do not exist."""

from bisect import bisect
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from bench.authority.names_british import joined, words
from bench.authority.traditions import TRADITIONS

UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # C I K M O V stand in no inward code
# Postcode areas that no post office has.
OUR_AREAS = ("ZZ", "QX", "ZV", "QZ", "ZQ")
THEIR_AREAS = ("XA", "VJ")
DISTRICTS = 88
CHILDREN_IN_AN_AREA = 2_500
HOMES_IN_A_POSTCODE = 14
_STREETS = words("""
Church High Station Park Victoria Green Main King's Queen's New School Mill North South West East
Manor London Albert George Alexandra Springfield Grange York Chester Windsor Oxford Cambridge
Grove Highfield Hill Richmond Kingsway Orchard Chapel Meadow Broad Bridge Garden Beech Elm Oak Ash
Cedar Poplar Willow Hawthorn Sycamore Birch Chestnut Lime Laburnum Rowan Holly Maple Acacia Priory
Abbey St_John's St_Mary's St_Peter's Castle Cromwell Nelson Wellington Waterloo Trafalgar Clarence
Clifton Lansdowne Regent Russell Salisbury Stanley Warwick Woodland Moor Field Common Heath Dale
""") + joined(
    "Ash Brook Clay Cold Dun Fair Farn Glen Hare Ivy Kings Lark Lang Mal Nether Over Pem Rose",
    "field wood bank mead croft ley hurst down holme side worth ham",
)
_KINDS = words("""
Road Road Road Road Street Street Street Avenue Avenue Avenue Close Close Close Drive Drive Lane
Lane Way Crescent Gardens Grove Court Place Terrace Walk Hill Mews Square View Rise
""")


@dataclass(frozen=True, slots=True)
class Address:
    """A home; `area` is -1 outside the authority."""

    house: str
    street: str
    postcode: str
    area: int


OUTSIDE_ABROAD = Address("", "", "", -2)


class Places:
    """The authority's areas, each with streets and a mixture of people, and the places around."""

    def __init__(self, rng: Random, *, children: int) -> None:
        self.count = max(4, min(400, children // CHILDREN_IN_AN_AREA))
        postcodes = max(12, children // self.count * 7 // 10 // HOMES_IN_A_POSTCODE)
        letters = OUR_AREAS[: max(2, -(-self.count // DISTRICTS))]
        self._homes = [
            self._area(rng, postcodes, f"{letters[area % len(letters)]}{1 + area // len(letters)}")
            for area in range(self.count)
        ]
        self._outside = [
            self._area(rng, postcodes, f"{THEIR_AREAS[place % 2]}{1 + place // 2}")
            for place in range(max(4, self.count // 3))
        ]
        self._mixtures = [self._mixture(rng) for _ in range(self.count)]
        self._sizes = list(accumulate(rng.uniform(0.6, 1.4) for _ in range(self.count)))

    @staticmethod
    def _area(rng: Random, postcodes: int, outward: str) -> tuple[tuple[str, str], ...]:
        """The streets of an area, each with a postcode; long streets have several."""
        found: list[tuple[str, str]] = []
        place = rng.randrange(400)
        while len(found) < postcodes:
            street = f"{_STREETS[int(len(_STREETS) * rng.random() ** 1.7)]} {rng.choice(_KINDS)}"
            for _ in range(rng.choice((1, 1, 1, 2, 2, 3))):
                place += 1
                # Neighbouring units are of one sector, and no two places of one postcode.
                sector = (3 * (place // 400) + place // 20 % 3) % 10
                unit = UNIT_LETTERS[place // 20 % 20] + UNIT_LETTERS[place % 20]
                found.append((street, f"{outward} {sector}{unit}"))
        return tuple(found[:postcodes])

    @staticmethod
    def _mixture(rng: Random) -> list[float]:
        """How common each tradition is in an area: neighbours cluster."""
        weights = []
        for tradition in TRADITIONS:
            spread = 6.0 if tradition.origin == "english" else 0.7
            weights.append(tradition.share * rng.gammavariate(spread, 1 / spread))
        return list(accumulate(weights))

    def draw_area(self, rng: Random) -> int:
        """An area, by its size."""
        return bisect(self._sizes, rng.random() * self._sizes[-1])

    def draw_tradition(self, rng: Random, area: int) -> int:
        """Which tradition a household of the area is of."""
        upto = self._mixtures[area]
        return bisect(upto, rng.random() * upto[-1])

    def draw_home(self, rng: Random, area: int) -> Address:
        """A home in an area of the authority."""
        return self._home(rng, self._homes[area], area)

    def draw_outside(self, rng: Random) -> Address:
        """A home over the border."""
        return self._home(rng, rng.choice(self._outside), -1)

    @staticmethod
    def _home(rng: Random, streets: tuple[tuple[str, str], ...], area: int) -> Address:
        street, postcode = streets[int(len(streets) * rng.random())]
        number = 1 + int(90 * rng.random() ** 1.4)
        lot = rng.random()
        if lot < 0.09:
            house = f"Flat {1 + int(rng.random() * 24)}, {number}"
        elif lot < 0.11:
            house = f"{number}{rng.choice('ABC')}"
        elif lot < 0.125:
            house = f"{rng.choice(('Rose', 'Ivy', 'Orchard', 'Mill', 'Lodge'))} Cottage"
        else:
            house = str(number)
        return Address(house, street, postcode, area)
