"""Recording education otherwise, plans and timetables, judging them, and putting them right."""

from onroll.office.provision.actions.education import (
    correct,
    end,
    record_home_education,
    record_part_time,
    record_plan,
    record_provision,
    withdraw,
)
from onroll.office.provision.actions.judgements import (
    correct_judgement,
    judge,
    withdraw_judgement,
)
from onroll.office.provision.actions.loads import load, load_judgements, unload

__all__ = [
    "correct",
    "correct_judgement",
    "end",
    "judge",
    "load",
    "load_judgements",
    "record_home_education",
    "record_part_time",
    "record_plan",
    "record_provision",
    "unload",
    "withdraw",
    "withdraw_judgement",
]
