"""The look of the day at a meeting's objects, for the console."""

from draftwg.repository.daily import damage_of_the_day

__all__ = ["damage_of_the_day"]
