"""Files that wait on the server between their dry run and the word of who uploaded them."""

import gzip
import uuid
from collections.abc import Iterable
from datetime import timedelta
from io import BytesIO
from typing import Any, BinaryIO, cast

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
    """A file of an upload, packed; `table` is what the user chose, empty where it is to be found.

    Tables shrink to a tenth, so that a row of the database and a process can hold them.
    """

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    table = models.CharField(max_length=30, blank=True)
    content = models.BinaryField()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def opened(self) -> BinaryIO:
        """Its bytes as they were sent, from the beginning."""
        return cast(BinaryIO, gzip.open(BytesIO(self.content)))


def packed(parts: Iterable[bytes]) -> bytes:
    """The bytes of a file as they are kept."""
    kept = BytesIO()
    with gzip.open(kept, "wb", compresslevel=1) as content:
        for part in parts:
            content.write(part)
    return kept.getvalue()
