"""Whether two records speak of one person: names and dates made comparable, and why they agree."""
