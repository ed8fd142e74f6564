"""Pages of the admin that belong to no single model."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path

from projects.admin import site as pages
from projects.admin.site import DataEntrySite


def test_the_admin_is_this_site():
    assert isinstance(admin.site, admin.AdminSite)
    assert type(admin.site._wrapped) is DataEntrySite


@pytest.mark.parametrize(
    ("account", "answer"),
    [({"is_staff": True}, 200), ({}, 302), ({"is_staff": True, "is_active": False}, 302)],
)
def test_an_extra_page_is_for_staff_only(monkeypatch, account, answer):
    monkeypatch.setattr(pages, "EXTRA_PAGES", [path("a/", lambda request: HttpResponse("a"))])
    page = DataEntrySite().get_urls()[0]
    request = RequestFactory().get("/admin/a/")
    request.user = User(**account)
    assert page.resolve("a/").func(request).status_code == answer
