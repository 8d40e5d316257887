"""A child, and the facts about a child: names, identifiers, addresses, flags, whereabouts."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.facts import (
    Fact,
    TransactionNow,
    ends_after_it_starts,
    one_at_a_time,
)
from onroll.office.people.models.access import Access, Sealing


class ChildQuerySet(models.QuerySet["Child"]):
    """Children, always asked for by somebody."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the children that this person may know of.

        Sealed children only for those cleared; otherwise every child for roles that serve the
        whole area, and for the rest those to whom an Access fact points today.
        """
        known = self.exclude(erased_at__isnull=False)
        if not actor.may("sealed.read"):
            known = known.exclude(
                pk__in=Sealing.objects.as_known().filter(lifted_on=None).values("child")
            )
        if actor.may("children.find"):
            return known
        return known.filter(pk__in=Access.objects.open_to(actor).values("child"))


class Child(models.Model):
    """One child, as we now believe: a cache for search and lists.

    What was believed before of the name is in ChildName, of birth, sex and death in Particulars.
    """

    class Sex(models.TextChoices):
        FEMALE = "F", "Female"
        MALE = "M", "Male"
        UNKNOWN = "U", "Not known"

    class BirthDate(models.TextChoices):
        EXACT = "exact", "As recorded"
        ESTIMATED = "estimated", "Estimated"
        UNKNOWN = "unknown", "Not known"

    ref = models.CharField(max_length=20, unique=True)
    given_names = models.TextField()
    family_name = models.TextField()
    known_as = models.TextField(blank=True, default="")
    born_on = models.DateField(null=True, blank=True)
    birth_date_is = models.TextField(choices=BirthDate.choices, default=BirthDate.EXACT)
    sex = models.CharField(max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    ethnicity = models.CharField(max_length=4, blank=True, default="")  # census main code
    free_school_meals = models.BooleanField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(db_default=TransactionNow())
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = ChildQuerySet.as_manager()

    personal = (
        "given_names family_name known_as born_on sex ethnicity free_school_meals died_on "
        "birth_date_is"
    )
    plain = "ref version created_at erased_at"

    class Meta:
        indexes = [
            models.Index(fields=["family_name", "given_names"], name="child_by_name"),
            models.Index(fields=["born_on"], name="child_by_birth_date"),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_known_birth_date_is_given",
                condition=Q(born_on__isnull=False) | Q(birth_date_is="unknown"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.known_as or self.given_names} {self.family_name}"


class ChildName(Fact):
    """A name that a child has or had."""

    class Use(models.TextChoices):
        LEGAL = "legal", "Legal name"
        KNOWN_AS = "known_as", "Known as"
        FORMER = "former", "Former name"
        OTHER = "other", "Also recorded as"

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="names")
    use = models.TextField(choices=Use.choices)
    given_names = models.TextField()
    family_name = models.TextField()

    personal = "given_names family_name use"

    class Meta:
        constraints = [
            one_at_a_time("one_legal_name_at_a_time", "child", where=Q(use="legal")),
            ends_after_it_starts("name_ends_after_it_starts"),
        ]


class Identifier(Fact):
    """A number by which someone knows a child, with who gave it and when."""

    class Scheme(models.TextChoices):
        UPN = "upn", "UPN"
        TEMPORARY_UPN = "temporary_upn", "Temporary UPN"
        FORMER_UPN = "former_upn", "Former UPN"
        NHS = "nhs", "NHS number"
        ULN = "uln", "Unique learner number"
        SOCIAL_CARE = "social_care", "Social care number"
        LEGACY = "legacy", "Number in a former system"
        OTHER = "other", "Other"

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.TextField(choices=Scheme.choices)
    value = models.TextField()

    personal = "value"
    plain = "scheme"

    class Meta:
        indexes = [models.Index(fields=["scheme", "value"], name="identifier_value")]
        constraints = [
            one_at_a_time("one_upn_at_a_time", "child", "scheme", where=Q(scheme="upn")),
            one_at_a_time("one_identifier_once_for_a_child", "child", "scheme", "value"),
            ends_after_it_starts("identifier_ends_after_it_starts"),
        ]


class ChildAddress(Fact):
    """Where a child lives or lived. A child may have two homes. Sealed children have none here."""

    class Use(models.TextChoices):
        HOME = "home", "Home"
        SECOND_HOME = "second_home", "Second home"
        TEMPORARY = "temporary", "Temporary"
        CORRESPONDENCE = "correspondence", "For letters"

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="addresses")
    use = models.TextField(choices=Use.choices, default=Use.HOME)
    line_1 = models.TextField()
    line_2 = models.TextField(blank=True, default="")
    town = models.TextField(blank=True, default="")
    postcode = models.TextField(blank=True, default="")
    uprn = models.TextField(blank=True, default="")
    la_code = models.CharField(max_length=3, blank=True, default="")  # whose area; "" = not known
    place = models.TextField(db_index=True)  # line 1 and postcode, normalised: one house, one key

    personal = "line_1 line_2 town postcode uprn la_code place"
    plain = "use"

    class Meta:
        constraints = [
            one_at_a_time("one_address_of_a_use_at_a_time", "child", "use"),
            ends_after_it_starts("address_ends_after_it_starts"),
        ]


class ChildLocality(Fact):
    """The locality under which a child is counted, where it is not the home's."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="localities")
    locality = models.ForeignKey("accounts.Locality", on_delete=models.PROTECT)

    plain = ""

    class Meta:
        constraints = [
            one_at_a_time("a_child_is_in_one_locality_at_a_time", "child"),
            ends_after_it_starts("child_locality_ends_after_it_starts"),
        ]


class Flag(Fact):
    """A vulnerability or a safeguarding status, from people.models.flags' table."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="flags")
    flag = models.TextField()
    detail = models.TextField(blank=True, default="")

    personal = "flag detail"

    class Meta:
        indexes = [models.Index(fields=["flag"], name="flag_key")]
        constraints = [
            one_at_a_time("a_flag_is_raised_once_at_a_time", "child", "flag"),
            ends_after_it_starts("flag_ends_after_it_starts"),
        ]


class Whereabouts(Fact):
    """What we have concluded about where a child is, and on what evidence."""

    class Conclusion(models.TextChoices):
        HERE = "here", "Known, in this area"
        ELSEWHERE = "elsewhere", "Known or believed in another authority's area"
        ABROAD = "abroad", "Known or believed abroad"
        NO_ADDRESS = "no_address", "No known active address in the area"
        UNKNOWN = "unknown", "Unknown"
        DETAINED = "detained", "Detained"

    class Strength(models.TextChoices):
        CONFIRMED = "confirmed", "Confirmed by an independent source"
        BELIEVED = "believed", "Believed, not confirmed"

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="whereabouts")
    conclusion = models.TextField(choices=Conclusion.choices)
    strength = models.TextField(choices=Strength.choices, default=Strength.BELIEVED)
    la_code = models.CharField(max_length=3, blank=True, default="")
    country = models.TextField(blank=True, default="")
    evidence = models.TextField(blank=True, default="")
    return_expected_on = models.DateField(null=True, blank=True)  # away for a time

    personal = "conclusion strength la_code country evidence return_expected_on"

    class Meta:
        constraints = [
            one_at_a_time("one_conclusion_on_whereabouts_at_a_time", "child"),
            ends_after_it_starts("whereabouts_end_after_they_start"),
        ]


class SearchTerm(models.Model):
    """What a child can be found by: a cache of names, numbers, postcodes, carers' names, streets
    and telephones, rebuilt from the facts. Sealed children have no rows here."""

    class What(models.TextChoices):
        NAME = "name", "Name"
        NUMBER = "number", "Number"
        POSTCODE = "postcode", "Postcode"
        CARER = "carer", "Name of a carer"
        STREET = "street", "Street"  # "canal"; with the number of the house, "14 canal"
        TELEPHONE = "telephone", "Telephone number"

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="search_terms")
    what = models.TextField(choices=What.choices)
    term = models.TextField()  # normalised: onroll.matching.normalise
    is_current = models.BooleanField(default=True)
    born_on = models.DateField(null=True)

    personal = "term born_on"
    plain = "what is_current"

    class Meta:
        indexes = [
            # Equality and beginnings, answered from the index alone.
            models.Index(
                fields=["term", "born_on"],
                name="search_term_and_birth_date",
                opclasses=["text_pattern_ops", "date_ops"],
                include=["what", "child", "is_current"],
            ),
            models.Index(fields=["born_on"], name="search_term_born_on"),
        ]


class SearchWord(models.Model):
    """One word that is part of a name or of a street, once however many have it.

    Spellings are compared with this short list and never with every child: what is typed finds
    words, and words find children. A word that only sealed children have is not here.
    """

    word = models.TextField(primary_key=True)
    folded = models.TextField()  # one spelling for the usual transliterations
    shorter = ArrayField(models.TextField())  # the word without each letter: finds one slip

    personal = "word folded shorter"

    class Meta:
        indexes = [
            models.Index(fields=["folded"], name="search_word_folded"),
            models.Index(
                fields=["word"], name="search_word_beginning", opclasses=["text_pattern_ops"]
            ),
            GinIndex(fields=["shorter"], name="search_word_slips"),
            GinIndex(fields=["word"], name="search_word_trigrams", opclasses=["gin_trgm_ops"]),
        ]
