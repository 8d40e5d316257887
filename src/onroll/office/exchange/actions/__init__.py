"""Bringing in what a former system held, and taking it back."""

from onroll.office.exchange.actions.book import Remark, Tally
from onroll.office.exchange.actions.migrate import NotPlaced, Reckoning, migrate, undo

__all__ = ["NotPlaced", "Reckoning", "Remark", "Tally", "migrate", "undo"]
