"""What is stored for the site's own sake: tries to log in."""

from django.db import models


class LoginAttempt(models.Model):
    """A wrong try to log in, or one that is being looked at; nobody can read who tried."""

    key = models.CharField(max_length=64)
    """A keyed digest of the user name and the address: people type passwords in the wrong field."""

    tried = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["key", "tried"], name="login_attempts_of_a_key")]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.tried:%Y-%m-%d %H:%M}"
