"""Files that wait on the server between their dry run and the word of who uploaded them."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

KEPT_FOR = timedelta(days=1)


class UploadQuerySet(models.QuerySet["Upload"]):
    """Uploads, which nobody but their user sees."""

    def of(self, user: Any) -> "UploadQuerySet":
        """Those of a user that are not too old."""
        return self.filter(user=user, uploaded_at__gt=timezone.now() - KEPT_FOR)

    def remove_old(self) -> None:
        """Delete those that nobody came back to."""
        self.filter(uploaded_at__lte=timezone.now() - KEPT_FOR).delete()


class Upload(models.Model):
    """What one user sent to be imported; it goes when it is stored or discarded."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)
    publish = models.BooleanField(default=False)

    objects = UploadQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.id)


class UploadedFile(models.Model):
    """A file of an upload; `table` is what the user chose, empty where it is to be found."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    table = models.CharField(max_length=30, blank=True)
    content = models.BinaryField()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
