"""How one child came to miss education, what was done about it, and how it ended."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from onroll.office.demo.lives import InventedChild, Plot, Schooling, Step, Story
from onroll.office.demo.town import InventedSchool
from onroll.statute.ages import compulsory_school_age, year_group

LONGEST_DAYS = 540
FRIDAY = 4
YEAR_6 = 6

PLOTS = (
    Plot(22, "believed_moved_to_country", "believed_abroad",
         (("left_country", 62), ("on_roll", 20), ("not_cme", 10), ("home_educated", 8)), 120,
         "The family has told neighbours that they are going abroad. The house looks empty.",
         "abroad"),
    Plot(18, "believed_moved_to_authority", "believed_other_authority",
         (("left_area", 66), ("on_roll", 24), ("not_cme", 10)), 85,
         "The parent said that they were moving to another town but gave no address.", "elsewhere"),
    Plot(11, "waiting_school_start", "failed_to_take_up_place",
         (("on_roll", 84), ("home_educated", 12), ("not_cme", 4)), 60,
         "A place was offered and accepted. The child has not started and calls are not answered."),
    Plot(9, "unknown", "no_return_after_summer",
         (("on_roll", 40), ("left_country", 25), ("left_area", 25), ("home_educated", 10)), 75,
         "Did not come back after the summer holiday. No contact from the family.", "unknown"),
    Plot(9, "moved_in_from_authority", "", (("on_roll", 93), ("left_area", 7)), 45,
         "Came back to Ashcombe from another town and has no school yet."),
    Plot(7, "unknown", "whereabouts_unknown",
         (("left_area", 38), ("left_country", 28), ("on_roll", 34)), 160,
         "Nobody at the address. All telephone numbers are dead.", "unknown"),
    Plot(6, "application_awaiting_outcome", "", (("on_roll", 92), ("alternative_provision", 8)), 45,
         "Applied for a place in the year and is waiting for an answer."),
    Plot(4, "mental_health", "school_refuser",
         (("on_roll", 55), ("alternative_provision", 25), ("home_educated", 20)), 110,
         "Very anxious about school. The parent took the child off the roll."),
    Plot(3, "moved_in_from_country", "", (("on_roll", 95), ("left_country", 5)), 50,
         "New to the country. The family asked at the housing office how to find a school."),
    Plot(2, "place_not_yet_accepted", "", (("on_roll", 88), ("home_educated", 12)), 40,
         "A place was offered. The parent has neither accepted nor refused it."),
    Plot(2, "preference_not_met", "", (("on_roll", 82), ("home_educated", 18)), 70,
         "The parent wants another school and will not take up the one offered."),
    Plot(2, "difficulty_accessing_place", "", (("on_roll", 70), ("alternative_provision", 30)), 140,
         "No school within reach has a place in the year group."),
    Plot(2, "unsuitable_home_education", "", (("on_roll", 80), ("home_educated", 20)), 150,
         "Education at home was found unsuitable."),
    Plot(1, "dissatisfaction_general", "", (("on_roll", 60), ("home_educated", 40)), 80,
         "The parent took the child off the roll after a quarrel with the school."),
    Plot(1, "dissatisfaction_send", "", (("on_roll", 60), ("alternative_provision", 40)), 120,
         "The parent says that the school could not meet the child's needs."),
    Plot(1, "physical_health", "", (("on_roll", 50), ("alternative_provision", 50)), 130,
         "Too ill for school; the school took the child off its roll."),
)  # fmt: skip

# Which enquiry, what came of it, with what result, how strong the answer is.
ENQUIRIES = (
    ("emergency_contacts", "Every number held was tried at different times of the day.",
     "no_answer", ""),
    ("admissions", "No application in the year.", "not_known", "record"),
    ("council_tax", "The account was closed.", "lead", "record"),
    ("social_care", "Not known to them.", "not_known", "record"),
    ("siblings_schools", "The older sibling is not attending either.", "lead", "record"),
    ("neighbours", "The landlord says that they left with their furniture.", "lead", "hearsay"),
    ("family_telephone", "An aunt says that they went away.", "lead", "family"),
    ("health", "Still registered with a practice here.", "lead", "record"),
)  # fmt: skip

# By what a case is shown to have ended: where, whom one asked, how sure, in what words.
PROOFS = {
    "left_area": ("elsewhere", "cme_referral_to_authority", "record",
                  "The other authority has the child on its records and has taken the case."),
    "left_country": ("abroad", "receiving_school_abroad", "independent",
                     "The school there writes that the child attends."),
}  # fmt: skip

VOICES = (
    "Misses two friends in the old class and wants to be in the same school as a cousin.",
    "Would like to know when school starts. Has been drawing at home.",
    "Is worried about being far behind in maths.",
    "Does not want to go back to the old school; would try another.",
    "Said little. Nodded when asked about football.",
)


FACTORS = (
    ("da", 0.05), ("health", 0.06), ("behaviour", 0.08), ("underachievement", 0.1), ("harm", 0.02),
    ("homeless", 0.02), ("cce", 0.012), ("cse", 0.008), ("forced_marriage", 0.006), ("fgm", 0.003),
    ("trafficking", 0.003), ("radicalisation", 0.003), ("social_worker", 0.05),
)  # fmt: skip


def working(day: date) -> date:
    """Return the day itself, or the Friday before a weekend: offices and schools are shut then."""
    return day - timedelta(days=max(0, day.weekday() - FRIDAY))


def tell(
    chance: random.Random,
    child: InventedChild,
    town: Sequence[InventedSchool],
    *,
    told_on: date,
    today: date,
) -> Story | None:
    """Return one child's story, or None where the child was on no roll to go missing from."""
    current = [s for s in child.schooling if s.first <= told_on - timedelta(days=40)]
    if not current or (current[-1].last and current[-1].last < told_on - timedelta(days=60)):
        return None
    told_on = working(told_on)
    last_school = next(s for s in town if s.urn == current[-1].school)
    plot = chance.choices(PLOTS, [p.share for p in PLOTS])[0]
    aware_on = working(told_on - timedelta(days=int(chance.expovariate(1 / 16))))
    story = Story(
        plot=plot,
        told_on=told_on,
        aware_on=aware_on,
        last_attended_on=working(aware_on - timedelta(days=chance.randint(1, 12))),
        last_school=last_school,
        route=chance.choices(("professional", "file", "public"), (57, 35, 8))[0],
        source=chance.choices(
            ("school", "other_authority", "health", "social_care", "public", "housing"),
            (68, 9, 7, 6, 6, 4),
        )[0],
        significant_harm=chance.random() < 0.02,
        factors=tuple(key for key, share in FACTORS if chance.random() < share),
        officer=chance.randrange(5),
    )
    _work(chance, story, child, town, today)
    story.schooling = _schooling(child, story)
    return story


def _work(
    chance: random.Random,
    story: Story,
    child: InventedChild,
    town: Sequence[InventedSchool],
    today: date,
) -> None:
    def soon(after: date, mean: float) -> date:
        # Monday where it would be a weekend, so that nothing comes before what it follows.
        day = after + timedelta(days=1 + int(chance.expovariate(1 / mean)))
        return day if day.weekday() <= FRIDAY else working(day) + timedelta(days=3)

    triaged = soon(story.told_on, 2)
    is_recent = story.told_on > today - timedelta(days=14)
    if triaged > today or (is_recent and chance.random() < 0.7):
        return
    story.triaged_on = triaged
    days = max(6, int(chance.lognormvariate(0, 0.9) * story.plot.median_days * 1.15))
    days = min(days, LONGEST_DAYS)
    ends = working(triaged + timedelta(days=days))
    story.first_action_on = min(soon(triaged, 3), ends)
    _steps(chance, story, ends, today)
    located = max(triaged, working(triaged + timedelta(days=int(days * 0.45))))
    if located <= today:
        story.located_on = located
        _place_of(chance, story, child, story.plot.whereabouts)
    outcome = chance.choices(
        [o for o, _ in story.plot.endings], [w for _, w in story.plot.endings]
    )[0]
    secured = max(triaged, working(triaged + timedelta(days=int(days * 0.8))))
    if outcome == "on_roll" and secured <= today:
        phase = story.last_school.phase
        if phase == "Primary" and (year_group(child.born_on, ends) or 0) > YEAR_6:
            phase = "Secondary"
        same = [s for s in town if s.phase == phase and s != story.last_school]
        story.secured_on = secured
        story.new_school = chance.choice(same or [story.last_school])
        story.starts_on = ends
    leaves = compulsory_school_age(child.born_on).ends_on
    if ends > leaves:
        # Nobody secured education in time: the case ends with compulsory school age.
        outcome, ends = "over_age", leaves + timedelta(days=1)
        story.secured_on = story.new_school = story.starts_on = None
    if ends <= today:
        story.closed_on = ends
        story.outcome = outcome
        _prove(chance, story, child)


def _place_of(chance: random.Random, story: Story, child: InventedChild, whereabouts: str) -> None:
    story.country = chance.choice(child.community.abroad) if whereabouts == "abroad" else ""
    elsewhere = ("330", "335", "383", "815", "885", "856", "892", "210")
    story.la_code = chance.choice(elsewhere) if whereabouts == "elsewhere" else ""


def _prove(chance: random.Random, story: Story, child: InventedChild) -> None:
    """Give a case that ends with a child gone the answer without which it could not close."""
    assert story.closed_on is not None
    shown = PROOFS.get(story.outcome)
    if shown is None:
        return
    whereabouts, template, strength, text = shown
    if not (story.country if whereabouts == "abroad" else story.la_code):
        _place_of(chance, story, child, whereabouts)
    asked = max(story.closed_on - timedelta(days=6), story.first_action_on or story.closed_on)
    story.steps.append(
        Step("enquiry", asked, text, "located", strength, story.closed_on, template=template,
             country=story.country, la_code=story.la_code)
    )  # fmt: skip


def _steps(chance: random.Random, story: Story, ends: date, today: date) -> None:
    assert story.first_action_on is not None
    on = story.first_action_on
    is_here = story.plot.whereabouts == "here"
    shares = (30, 20, 40, 10) if is_here else (50, 25, 10, 15)
    while on <= min(ends, today):
        what = chance.choices(("enquiry", "call", "visit", "note"), shares)[0]
        if what == "enquiry":
            template, text, result, strength = chance.choice(ENQUIRIES)
            answered = max(on, working(on + timedelta(days=chance.randint(1, 18))))
            is_answered = answered <= today and chance.random() < 0.85
            story.steps.append(
                Step(what, on, text if is_answered else "", result if is_answered else "",
                     strength if is_answered else "", answered if is_answered else None,
                     template=template)
            )  # fmt: skip
        elif what == "visit":
            seen = chance.random() < (0.75 if is_here else 0.1)
            story.steps.append(
                Step(what, on, "Home visit." if seen else "Home visit: nobody answered the door.",
                     "spoke" if seen else "no_answer", child_seen=seen,
                     voice=chance.choice(VOICES) if seen else "")
            )  # fmt: skip
        elif what == "call":
            spoke = chance.random() < 0.5
            story.steps.append(
                Step(what, on, "Spoke to the parent about the way back to school."
                     if spoke else "Called: no answer.", "spoke" if spoke else "no_answer")
            )  # fmt: skip
        else:
            story.steps.append(Step(what, on, story.plot.says))
        # Often at first, then now and then, as in life.
        gap = 1 + int(chance.expovariate(1 / min(6 + 3 * len(story.steps), 22)))
        on = max(on + timedelta(days=1), working(on + timedelta(days=gap)))
        on += timedelta(days=2 * (on.weekday() > FRIDAY))


def _schooling(child: InventedChild, story: Story) -> list[Schooling]:
    """Return the child's rolls with the gap that the story makes in them."""
    if story.outcome == "not_cme":
        return list(child.schooling)  # the child was on a roll all along
    off_roll_on = story.told_on
    kept = [s for s in child.schooling if s.first < story.told_on]
    ended = kept[-1]
    ground = {"believed_moved_to_country": "g", "believed_moved_to_authority": "g"}
    kept[-1] = Schooling(
        ended.school,
        ended.first,
        min(ended.last or off_roll_on, off_roll_on),
        ground=ground.get(story.plot.reason, "i"),
        departure={"abroad": "country", "elsewhere": "area"}.get(story.plot.whereabouts, ""),
        destination=story.country or story.la_code,
    )
    if story.outcome == "on_roll" and story.new_school and story.closed_on:
        # The child is at the new school still, or until the age at which that school ends.
        during = [s for s in child.schooling if s.first <= story.closed_on][-1]
        kept.append(
            Schooling(story.new_school.urn, story.closed_on, during.last, ground=during.ground)
        )
        kept += [s for s in child.schooling if s.first > story.closed_on]
    elif story.secured_on and story.new_school and story.starts_on:
        kept.append(Schooling(story.new_school.urn, story.starts_on, None, is_expected=True))
    return kept
