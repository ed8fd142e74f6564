"""The first screen."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from projects.bars import picture
from projects.reports.due import SOON
from projects.reports.overview import overview
from projects.views.base import Page
from projects.views.packed import packed, unpacked


class Dashboard(Page):
    """How much is promised, what came of it, which targets are met, what has gone silent."""

    template_name = "projects/dashboard/detail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, remembered as a whole for its tag: to write it costs more than all else."""
        if not self.tag:
            return super().get(request, *args, **kwargs)

        def content() -> bytes:
            page = super(Dashboard, self).get(request, *args, **kwargs)
            return packed(cast(HttpResponse, page).content)

        return unpacked(request, self.parameters.remembered("page", content, self.tag))

    def context(self) -> dict[str, Any]:
        parameters = self.parameters
        reader, scope = parameters.reader, parameters.scope
        found = parameters.remembered("overview", lambda: overview(reader, scope))
        return {"overview": found, "picture": picture(found.bars), "soon": SOON.days}
