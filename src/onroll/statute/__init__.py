"""The law of school attendance in England as a library: facts in, answers and reasons out.

Nothing here reads a clock, a file of the office or a database, and nothing outside the standard
library is imported, so that any program may use it. Every rule carries its citation, the day from
which it applies and how sure of it the authors are.

| module | answers |
|---|---|
| `identifiers` | is this pupil number, NHS number or learner number possible? |
| `ages` | is the child of compulsory school age, and in which year group? |
| `days` | can there be such a day, and is it near enough to be meant? |
| `bank_holidays` | which days are bank holidays? |
| `calendars` | which day is the sixth school day after this one, and which days were skipped? |
| `codes` | what do the codes of registers, exclusions and national returns mean? |
| `suitability` | do three judgements come to a suitable education on a day? |
| `thresholds` | has an absence reached a length that the law names? |
| `classify` | what is the child's standing on a day, and why? |
| `duties` | which clocks has the law started, and when are they due? |
| `packs` | what does one authority do differently, and what would an Act change? |
| `differences` | what changes if one pack takes another's place? |
| `working` | how was a day worked out, in words for a screen, a letter or a bundle? |
| `handbook` | what must whom do by when? |
| `numbers` | which numbers does the law name that are no clocks? |
| `editions` | which guidance applied on a day, what changed since, and what is expected? |
| `responsibilities` | what is asked of authority, school and parent, and what serves it? |
| `workflow` | which moves may a case make? |
"""
