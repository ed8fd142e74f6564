"""Every page of every model opens, in both languages, with every filter and a search."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.forms import ModelChoiceField

from projects import models
from projects.admin.widgets import SafeAutocompleteSelect
from projects.models import Investment, Source
from tests import factories
from tests.admin.pages import address

BUILDERS = {
    models.Source: factories.source,
    models.Organization: factories.organization,
    models.Place: factories.place,
    models.Sector: factories.sector,
    models.Agreement: factories.agreement,
    models.Project: factories.project,
    models.Milestone: factories.milestone,
    models.Participation: factories.participation,
    models.AgreementParty: factories.agreement_party,
    models.Investment: factories.investment,
    models.MilestoneDate: factories.milestone_date,
    models.Indicator: factories.indicator,
    models.Target: factories.target,
    models.Observation: factories.observation,
}
LANGUAGES = ["zh-hans", "en"]


def every_model(test):
    test = pytest.mark.parametrize("language", LANGUAGES)(test)
    return pytest.mark.parametrize("model", BUILDERS, ids=lambda model: model.__name__)(test)


def opened(client, target: str, language: str):
    return client.get(target, headers={"accept-language": language})


def test_what_is_registered():
    assert set(admin.site._registry) == {*BUILDERS, User, Group}


@every_model
def test_list_search_and_every_filter(staff, model: type[Model], language: str):
    BUILDERS[model]()
    target = address(model, "changelist")
    page = opened(staff, target, language)
    assert page.status_code == 200
    assert len(page.context["cl"].result_list) >= 1
    choices = [
        choice["query_string"]
        for filter_ in page.context["cl"].filter_specs
        for choice in filter_.choices(page.context["cl"])
    ]
    for query in [*choices, "?q=1", "?q=no+such+words", *(f"?o={n}" for n in range(1, 10))]:
        assert opened(staff, target + query, language).status_code == 200, query


@every_model
def test_add_change_history_delete_and_search_box(staff, model, language):
    row = BUILDERS[model]()
    targets = [address(model, "add")]
    targets += [address(model, page, row.pk) for page in ("change", "history", "delete")]
    for target in targets:
        assert opened(staff, target, language).status_code == 200, target


@pytest.mark.parametrize("model", BUILDERS, ids=lambda model: model.__name__)
def test_every_relation_is_chosen_by_search(staff, model):
    page = staff.get(address(model, "add"))
    forms = [page.context["adminform"].form]
    forms += [inline.formset.empty_form for inline in page.context["inline_admin_formsets"]]
    for form in forms:
        for name, field in form.fields.items():
            if not isinstance(field, ModelChoiceField) or field.widget.is_hidden:
                continue
            widget = field.widget.widget
            assert isinstance(widget, SafeAutocompleteSelect), (form, name)
            query = f"?app_label=projects&model_name={form._meta.model._meta.model_name}"
            target = f"{widget.get_url()}{query}&field_name={name}&term=1"
            assert staff.get(target).status_code == 200, target


@pytest.mark.parametrize(
    ("language", "amount"),
    [("zh-hans", "20亿元至不足100亿元"), ("en", "CNY 2 billion to below 10")],
)
def test_list_shows_values_in_words_and_where_they_come_from(staff, language, amount):
    draft = factories.source(title="Chongqing Daily, page 3", draft=True)
    stands = factories.investment(key="the-standing-one")
    factories.investment(
        amount="数十亿元", date="2016-01/2016-04", source=draft, project=stands.project,
        restates=stands, restates_how="disputed",
        organizations=[factories.organization(name_zh="深科技", name_en="深科技")],
    )  # fmt: skip
    page = opened(staff, address(Investment, "changelist"), language).content.decode()
    assert amount in page
    assert ("2016年1月至4月" if language == "zh-hans" else "January") in page
    assert "Chongqing Daily, page 3" in page
    assert ": the-standing-one" in page
    assert "深科技" in page
    assert "icon-yes" in page  # its source is a draft
    assert "icon-no" in page  # and that of the other one is not


def test_a_draft_is_not_linked_to_the_site(staff):
    statement = factories.participation(source=factories.source(draft=True))
    for row, model in ((statement, type(statement)), (statement.source, Source)):
        change = address(model, "change", row.pk)
        assert "/admin/r/" not in staff.get(change).content.decode()
    statement.source.draft = False
    statement.source.save()
    assert "/admin/r/" in staff.get(change).content.decode()


@pytest.mark.parametrize("model", BUILDERS, ids=lambda model: model.__name__)
def test_no_style_or_script_of_ours_stands_in_a_page(staff, model):
    """What the Content-Security-Policy would not run: inline script, handlers, style."""
    row = BUILDERS[model]()
    for target in (address(model, "changelist"), address(model, "change", row.pk)):
        page = staff.get(target).content.decode()
        assert "<script>" not in page
        assert "<style" not in page
        assert " onclick=" not in page
