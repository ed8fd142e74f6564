"""What is stored for the site's own sake: tries to log in, and who is whom elsewhere."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


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


class Identity(models.Model):
    """A person as a provider of single sign-on names them, and the account that is theirs."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="identities"
    )
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)

    class Meta:
        verbose_name = _("identity for single sign-on")
        verbose_name_plural = _("identities for single sign-on")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_account_of_a_person"),
            models.UniqueConstraint(fields=["user", "issuer"], name="one_person_of_an_account"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.issuer})"
