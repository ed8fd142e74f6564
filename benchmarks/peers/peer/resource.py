"""`python -m peer.resource`: the file that django-import-export makes, how long it takes it."""

import json
import os
from time import perf_counter

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peer.settings")
    django.setup()
    from import_export import fields, resources

    from peer.models import Investment

    class InvestmentResource(resources.ModelResource):
        """All columns, and those of what they refer to."""

        project_slug = fields.Field("project__slug")
        project_name = fields.Field("project__name_zh")
        organization_slug = fields.Field("organization__slug")
        organization_name = fields.Field("organization__name_zh")

        class Meta:
            model = Investment

    start = perf_counter()
    queryset = Investment.objects.select_related("project", "organization")
    content = InvestmentResource().export(queryset).csv
    seconds = perf_counter() - start
    print(json.dumps({"seconds": seconds, "lines": content.count("\n")}))
