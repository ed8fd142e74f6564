"""The addresses of the site."""

from django.conf import settings
from django.urls import path

from projects.api.document import key_of
from projects.views import records
from projects.views.agreements import AgreementDetail, AgreementList
from projects.views.api import as_document, as_list, as_row
from projects.views.changes import ChangesPage, StatementChangesPage
from projects.views.dashboard import Dashboard
from projects.views.disagreements import DisagreementList, SupersededList
from projects.views.exports import as_csv
from projects.views.indicators import IndicatorDetail, IndicatorList
from projects.views.investments import InvestmentList, TotalPage
from projects.views.method import MethodPage
from projects.views.milestones import MilestoneList
from projects.views.organizations import OrganizationDetail, OrganizationList
from projects.views.projects import ProjectDetail, ProjectList
from projects.views.quality import FindingPage, QualityPage
from projects.views.search import SearchPage
from projects.views.sources import SourceDetail, SourceList
from projects.views.statements import StatementDetail
from projects.views.swapping import SwapPage
from projects.views.timeline import TimelinePage

app_name = "projects"

TABLES = {
    "projects": ProjectList,
    "organizations": OrganizationList,
    "agreements": AgreementList,
    "investments": InvestmentList,
    "milestones": MilestoneList,
    "indicators": IndicatorList,
    "sources": SourceList,
}
EXPORTED_ONLY = {
    "places": records.Places,
    "sectors": records.Sectors,
    "participations": records.Participations,
    "agreement-parties": records.AgreementParties,
    "milestone-dates": records.MilestoneDates,
    "targets": records.Targets,
    "observations": records.Observations,
}

API = TABLES | EXPORTED_ONLY

urlpatterns = [
    path("", Dashboard.as_view(), name="dashboard"),
    *(path(f"{name}/", page.as_view(), name=name) for name, page in TABLES.items()),
    *(
        path(f"{name}.csv", as_csv(page), name=f"{name}-csv")
        for name, page in (TABLES | EXPORTED_ONLY).items()
    ),
    path("investments/total/<slug:line>/", TotalPage.as_view(), name="total"),
    path("projects/<slug:slug>/", ProjectDetail.as_view(), name="project"),
    path("organizations/<slug:slug>/", OrganizationDetail.as_view(), name="organization"),
    path("agreements/<slug:slug>/", AgreementDetail.as_view(), name="agreement"),
    path("indicators/<slug:slug>/", IndicatorDetail.as_view(), name="indicator"),
    path("sources/<slug:slug>/", SourceDetail.as_view(), name="source"),
    path("statements/<slug:kind>/<int:pk>/", StatementDetail.as_view(), name="statement"),
    path("statements/<slug:kind>/<int:pk>/stand/", SwapPage.as_view(), name="swap"),
    path("timeline/", TimelinePage.as_view(), name="timeline"),
    path("changes/", ChangesPage.as_view(), name="changes"),
    path("changes/statements/", StatementChangesPage.as_view(), name="statement-changes"),
    path("disagreements/", DisagreementList.as_view(), name="disagreements"),
    path("disagreements/superseded/", SupersededList.as_view(), name="superseded"),
    path("method/", MethodPage.as_view(), name="method"),
    path("quality/", QualityPage.as_view(), name="quality"),
    path("quality/<slug:finding>/", FindingPage.as_view(), name="finding"),
    path("search/", SearchPage.as_view(), name="search"),
]
urlpatterns += [
    *(path(f"api/v1/{name}/", as_list(page), name=f"{name}-api") for name, page in API.items()),
    *(
        path(f"api/v1/{name}/<slug:{key_of(name)}>/", as_row(page), name=f"{name}-api-row")
        for name, page in API.items()
    ),
    path("api/v1/openapi.json", as_document(API), name="openapi"),
]
if settings.DEBUG:
    from projects.views.gallery import GalleryPage

    urlpatterns.append(path("components/", GalleryPage.as_view(), name="components"))
