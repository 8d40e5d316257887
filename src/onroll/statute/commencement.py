"""The days on which laws, guidance and national returns took effect, each written once.

Days of one date stand under a name each: a law that is changed moves its own and no other.
"""

from datetime import date

EDUCATION_ACT_1996 = date(1996, 11, 1)
LEAVING_DATE_1998 = date(1998, 1, 1)  # SI 1997/1970; the day within 1998 is supposed
SCHOOL_AGE_1998 = date(1998, 8, 31)  # SI 1998/1607
SCHOOL_DAY_1999 = date(1999, 12, 23)  # SI 1999/3181
FREEDOM_OF_INFORMATION_2005 = date(2005, 1, 1)  # the right to ask began, not the Act of 2000
REGISTERS_2006 = date(2006, 9, 1)  # SI 2006/1751, replaced by SI 2024/208
SIXTH_DAY_2007 = date(2007, 9, 1)  # SI 2007/1870
EXCLUSIONS_2012 = date(2012, 9, 1)  # SI 2012/1033
OFFSITE_REVIEWS_2013 = date(2013, 1, 1)  # SI 2012/2532; the day is supposed
PENALTY_PAYMENT_2013 = date(2013, 9, 1)  # SI 2013/757
REGISTERS_2016 = date(2016, 9, 1)  # the regulations of 2006 as amended
PERSISTENT_ABSENCE_2015 = date(2015, 9, 1)  # ten percent, since the statistics of 2015/16
EXCLUSION_REASONS_2020 = date(2020, 9, 1)  # up to three reasons, and no "other"
ADMISSIONS_CODE_2021 = date(2021, 9, 1)
EXCLUSION_NOTICES_2022 = date(2022, 9, 1)  # SI 2022/788
HOME_EDUCATION_RETURN_2022 = date(2022, 9, 1)
MISSING_EDUCATION_RETURN_2023 = date(2023, 9, 1)  # reasons and lengths of time

# Three instruments of one day: SI 2024/208, SI 2024/210, and the guidance made statutory with them.
REGISTERS_2024 = PENALTIES_2024 = ATTENDANCE_GUIDANCE_2024 = date(2024, 8, 19)

SUBJECT_ACCESS_PAUSE_2026 = date(2026, 2, 1)  # Act of 2025; the day within the month is supposed
EXCLUSION_REASONS_2026 = date(2026, 5, 1)  # the basic data set of May 2026
