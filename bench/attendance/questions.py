"""The same measures as SQL, in words that DuckDB and PostgreSQL share.

They ask of `marks` (enrolment, day, session, code), of `enrolments` (id, school, pupil_id) and of
`meanings` (code, counts_as): whole numbers for enrolments, 0 and 1 for AM and PM. Each step is a
table; windows go over no more rows than they need.
"""

from bench.attendance import meanings as m

_COUNTED = ", ".join(
    f"count(*) filter (where counts_as = {n}) as {name}" for n, name in enumerate(m.COUNTED)
)
_ANY = "having count(*) filter (where counts_as < 3) > 0"


def _in(codes: tuple[str, ...]) -> str:
    return "(" + ", ".join(f"'{code}'" for code in codes) + ")"


def _length(alert: str) -> str:
    n, codes, beside = m.LENGTHS[alert]
    return f"""
    with days as (
      select enrolment, day, place, sessions,
        count(*) filter (where code in {_in(codes)}) as absent
      from marks
      join enrolments on id = enrolment
      join held using (school, day, session)
      where code in {_in(codes + beside)}
        and enrolment in (
          select enrolment from by_code where code in {_in(codes)}
          group by enrolment having sum(sessions) >= {n})
      group by enrolment, day, place, sessions having count(*) = sessions),
    stretches as (
      select enrolment, day, absent = sessions as is_absent,
        place - row_number() over (partition by enrolment order by day) as stretch
      from days),
    numbered as (
      select enrolment, day,
        row_number() over (partition by enrolment, stretch order by day) as n
      from stretches where is_absent)
    select enrolment, '{alert}' as alert, min(day) as first_on
    from numbered where n = {n} group by enrolment"""


def _share(alert: str) -> str:
    return f"""
    select enrolment, '{alert}' as alert, min(day) as first_on from running
    where possible >= {m.LEAST_POSSIBLE} and missed * 100 >= possible * {m.SHARES[alert]}
    group by enrolment"""


STEPS = {
    "held": """
    with sessions as (
      select distinct school, day, session from marks join enrolments on id = enrolment
      where code <> '#')
    select school, day, session,
      dense_rank() over (partition by school order by day) as place,
      dense_rank() over (partition by school order by date_trunc('week', day)) as week,
      count(*) over (partition by school, day) as sessions
    from sessions""",
    "by_code": "select enrolment, code, count(*) as sessions from marks group by enrolment, code",
    "by_week": f"""
    select enrolment, cast(date_trunc('week', day) as date) as week, {_COUNTED}
    from marks join meanings using (code) group by 1, 2 {_ANY}""",
    "by_weekday": f"""
    select school, cast(extract(isodow from day) as int) as weekday, session, {_COUNTED}
    from marks join meanings using (code) join enrolments on id = enrolment
    group by 1, 2, 3 {_ANY}""",
    "by_pupil": f"""
    with counts as (
      select enrolment, {
        ", ".join(
            f"coalesce(sum(sessions) filter (where counts_as = {n}), 0) as {name}"
            for n, name in enumerate(m.COUNTED)
        )
    }
      from by_code join meanings using (code) group by enrolment),
    shares as (
      select *, authorised + unauthorised as missed,
        present + authorised + unauthorised as possible from counts)
    select enrolment, present, authorised, unauthorised, {
        ", ".join(
            f"possible > 0 and missed * 100 >= possible * {percent} as {name}"
            for name, percent in m.SHARES.items()
        )
    }
    from shares""",
    "running": f"""
    select * from (
      select enrolment, day, session,
        row_number() over w as possible,
        sum(case when counts_as > 0 then 1 else 0 end) over w as missed
      from marks join meanings using (code)
      where counts_as < 3 and enrolment in (
        select enrolment from by_pupil
        where (authorised + unauthorised) * 100 >= {m.LEAST_POSSIBLE * m.SHARES["persistent"]})
      window w as (partition by enrolment order by day, session rows unbounded preceding)
    ) as each_session
    where possible >= {m.LEAST_POSSIBLE} and missed * 100 >= possible * {m.SHARES["persistent"]}""",
    "alerts": " union all ".join(
        f"({question})"
        for question in (
            *(_length(alert) for alert in m.LENGTHS),
            *(_share(alert) for alert in m.SHARES),
            f"""
    with ill as (
      select enrolment, day, extract(year from day) -
        case when extract(month from day) < 8 then 1 else 0 end as year
      from marks
      join enrolments on id = enrolment
      join held using (school, day, session)
      where code = 'I'
      group by enrolment, day, sessions having count(*) = sessions),
    numbered as (
      select enrolment, day,
        row_number() over (partition by enrolment, year order by day) as n from ill)
    select enrolment, 'sickness_15_total' as alert, min(day) as first_on
    from numbered where n = {m.SICK_DAYS} group by enrolment""",
            f"""
    with missed as (
      select enrolment, day, week, lag(week, {m.PENALTY_SESSIONS - 1}) over (
        partition by enrolment order by day, session) as before
      from marks
      join enrolments on id = enrolment
      join held using (school, day, session)
      where code in {_in(m.PENALTY)} and day >= date '{m.PENALTY_SINCE}')
    select enrolment, 'penalty_notice_threshold' as alert, min(day) as first_on
    from missed where week - before < {m.PENALTY_WEEKS} group by enrolment""",
        )
    ),
}
# The answer, from the steps.
_WHO = "school, pupil_id"
ANSWER = {
    "pupils": f"select {_WHO}, by_pupil.* from by_pupil join enrolments on id = enrolment",
    "codes": f"select {_WHO}, by_code.* from by_code join enrolments on id = enrolment",
    "weeks": f"select {_WHO}, by_week.* from by_week join enrolments on id = enrolment",
    "weekdays": """select school, weekday, case session when 0 then 'AM' else 'PM' end as session,
      present, authorised, unauthorised from by_weekday""",
    "alerts": f"select {_WHO}, alert, first_on from alerts join enrolments on id = enrolment",
}
