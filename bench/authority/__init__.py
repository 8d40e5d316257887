"""A synthetic English authority with the truth, to measure record linkage by. See README.md."""

from bench.authority.making import Made, make
from bench.authority.people import Shares

__all__ = ["Made", "Shares", "make"]
