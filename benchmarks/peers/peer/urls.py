"""The table of investments with the export that django-tables2 brings."""

import django_tables2
from django.urls import path
from django_tables2.export.views import ExportMixin

from peer.models import Investment


class InvestmentTable(django_tables2.Table):
    """All columns, and those of what they refer to."""

    project__slug = django_tables2.Column(accessor="project__slug")
    project__name_zh = django_tables2.Column(accessor="project__name_zh")
    organization__slug = django_tables2.Column(accessor="organization__slug")
    organization__name_zh = django_tables2.Column(accessor="organization__name_zh")

    class Meta:
        model = Investment


class InvestmentList(ExportMixin, django_tables2.SingleTableView):
    """The table; `?_export=csv` is the file."""

    queryset = Investment.objects.select_related("project", "organization")
    table_class = InvestmentTable
    template_name = "django_tables2/table.html"


urlpatterns = [path("", InvestmentList.as_view())]
