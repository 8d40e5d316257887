"""Session attendance: the marks of registers in, the measures and alerts of the field out.

The unit is the register of one school: its calendar is read from its own marks, so whatever is
counted of a pupil there is known from that register alone. Many schools are many registers, one
after the other or side by side, here or on Spark, with the same counting.
"""
