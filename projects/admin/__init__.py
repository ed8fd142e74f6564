"""The admin, which is the editing tool: one module a concept, as in the models."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from projects.admin.accounts import HardenedGroupAdmin, HardenedUserAdmin
from projects.admin.agreements import AgreementAdmin, AgreementPartyAdmin
from projects.admin.indicators import IndicatorAdmin, ObservationAdmin, TargetAdmin
from projects.admin.investments import InvestmentAdmin
from projects.admin.milestones import MilestoneAdmin, MilestoneDateAdmin
from projects.admin.organizations import OrganizationAdmin
from projects.admin.participations import ParticipationAdmin
from projects.admin.places import PlaceAdmin, SectorAdmin
from projects.admin.projects import ProjectAdmin
from projects.admin.sources import SourceAdmin

admin.site.site_header = _("Cooperation")
admin.site.site_title = _("Cooperation")
admin.site.index_title = _("Data entry")

__all__ = [
    "AgreementAdmin",
    "AgreementPartyAdmin",
    "HardenedGroupAdmin",
    "HardenedUserAdmin",
    "IndicatorAdmin",
    "InvestmentAdmin",
    "MilestoneAdmin",
    "MilestoneDateAdmin",
    "ObservationAdmin",
    "OrganizationAdmin",
    "ParticipationAdmin",
    "PlaceAdmin",
    "ProjectAdmin",
    "SectorAdmin",
    "SourceAdmin",
    "TargetAdmin",
]
