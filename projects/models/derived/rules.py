"""By which rules what is stored was derived; a database from before is told by it."""

from django.db import models

RULES = 4
"""Raised whenever what is derived changes, so that `prepare` derives everything anew."""


class Derivation(models.Model):
    """The one row that keeps the number of the rules."""

    rules = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        verbose_name = "derivation"

    def __str__(self) -> str:
        return str(self.rules)
