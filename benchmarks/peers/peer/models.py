"""Three tables: investments with their project and the first of their investors."""

from django.db import models


class Project(models.Model):
    """A project."""

    slug = models.SlugField(max_length=200)
    name_zh = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.slug


class Organization(models.Model):
    """An investor."""

    slug = models.SlugField(max_length=200)
    name_zh = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.slug


class Investment(models.Model):
    """An investment, with the columns that need no rule of counting."""

    key = models.CharField(max_length=200)
    project = models.ForeignKey(Project, models.PROTECT)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True)
    basis = models.CharField(max_length=12)
    per = models.CharField(max_length=8)
    instrument = models.CharField(max_length=40)
    amount_low = models.DecimalField(max_digits=30, decimal_places=0, null=True)
    amount_high = models.DecimalField(max_digits=30, decimal_places=0, null=True)
    unit = models.CharField(max_length=3)
    date = models.CharField(max_length=200)
    date_earliest = models.DateField(null=True)
    date_latest = models.DateField(null=True)
    as_written = models.TextField()
    said_by = models.TextField()
    note = models.TextField()
    locator = models.TextField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.key
