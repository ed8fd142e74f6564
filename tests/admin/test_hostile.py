"""No query string of a member of staff is answered with a server error."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User

from projects.models import Investment, MilestoneDate, Project, Source
from tests import factories
from tests.admin.pages import address, as_shown

pytestmark = pytest.mark.django_db

HUGE = "9" * 30
FEW = ["", "x", "-1", HUGE, "(", "9" * 5000]
VALUES = [
    "", "x", "-1", "0", "1", HUGE, "-" + HUGE, "9223372036854775808", "1e400", "NaN", "%00", "(",
    "\\", "%25", "'", "None", "true", "..", "%F0%9F%98%80", "%ED%A0%80", "%FF", "9" * 5000,
]  # fmt: skip
QUERIES = [
    "published_latest__year=9999",
    "published_latest__year=" + "9" * 20,
    "published_latest__gte=0001-01-01",
    "last_login__gte=0001-01-01",
    "date_latest__year=9999",
    "title__regex=(",
    "title__regex=^(a%2B)%2B$",
    "slug__regex=(",
    "key__iregex=[",
    "title__exact=%00",
    "pk__in=1,x",
    "id=" + HUGE,
    "source__title__startswith=x",
    "password__startswith=x",
    "nosuch=1",
    "nosuch__nosuch=1",
    "o=9.9.9",
    "o=x",
    "o=-",
    "o=" + ".".join(["1"] * 500),
    "p=99999999999999",
    "p=-1",
    "p=x",
    "all=x",
    "e=1",
    "e=1&p=99999999999999",
    "_to_field=",
    "_to_field=nosuch",
    "_to_field=id&_popup=1",
    "_facets=x",
    "_popup=" + HUGE,
    "q=%00",
    "q=" + "a" * 60_000,
    "q=" + "%20".join("ab" * 1 for _ in range(400)),
    "q=%22",
    "q=%25_%5C",
]
REGISTERED = sorted(admin.site._registry, key=lambda model: model.__name__)


def filled():
    """A row for the filters to bite on."""
    statement = factories.investment(organizations=[factories.organization()], date="2019")
    factories.milestone_date()
    factories.target()
    factories.observation()
    factories.participation()
    factories.agreement_party()
    return statement


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model.__name__)
def test_lists(staff, model):
    filled()
    target = address(model, "changelist")
    filters = {
        name
        for filter_ in staff.get(target).context["cl"].filter_specs
        for name in filter_.expected_parameters()
    }
    hostile = [f"{name}={value}" for name in filters | {"o", "p", "e"} for value in FEW]
    for query in QUERIES + hostile:
        assert staff.get(f"{target}?{query}").status_code in {200, 302, 400}, query


def test_what_no_filter_asks_is_refused(staff):
    for query in ("title__regex=(", "published_latest__year=9999", "title=x"):
        assert staff.get(f"{address(Source, 'changelist')}?{query}").status_code == 400
    for query in ("draft__exact=1", "kind__exact=other", "inferred__isempty=1"):
        assert staff.get(f"{address(Source, 'changelist')}?{query}").status_code == 200


def test_what_cannot_be_read_leads_to_the_error_page(staff):
    target = address(Source, "changelist")
    for query in ("draft__exact=x", "inferred__isempty=x", f"draft__exact={HUGE}"):
        response = staff.get(f"{target}?{query}")
        assert (response.status_code, response["location"]) == (302, f"{target}?e=1")


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model.__name__)
@pytest.mark.parametrize("chosen", ["x", HUGE, "", "\0", "1"])
def test_actions_on_rows_that_are_none(staff, model, chosen):
    for action in ("delete_selected", "nosuch", ""):
        sent = {"action": action, "_selected_action": chosen, "index": "x", "post": "yes"}
        response = staff.post(address(model, "changelist"), sent)
        assert response.status_code in {200, 302, 400}, action


@pytest.mark.parametrize("value", VALUES)
def test_form_opened_with_values(staff, value):
    fields = ["project", "agreement", "source", "restates", "part_of", "date", "amount_low", "unit"]
    query = "&".join(f"{field}={value}" for field in fields)
    for model in (Investment, MilestoneDate, Source, User):
        response = staff.get(f"{address(model, 'add')}?{query}&milestone={value}&_popup=1")
        assert response.status_code in {200, 400}
        response = staff.get(f"{address(model, 'add')}?_changelist_filters={value}")
        assert response.status_code in {200, 400}


@pytest.mark.parametrize("value", [value for value in VALUES if value and "%" not in value])
def test_pages_of_rows_that_are_none(staff, value):
    for page in ("change", "delete", "history"):
        assert staff.get(address(Investment, page, value)).status_code in {302, 400, 404}


@pytest.mark.parametrize("value", VALUES)
def test_search_boxes(staff, value):
    base = "/admin/autocomplete/?app_label=projects&model_name=investment&field_name="
    for query in (f"source&term={value}", f"source&page={value}", f"{value}&term=1", "unit&term=1"):
        assert staff.get(base + query).status_code in {200, 400, 403, 404}, query


@pytest.mark.parametrize("value", ["", "x", "-1", HUGE, "1e400", "NaN", "\0", "9" * 5000, "😀"])
def test_forms_filled_with_anything(staff, value):
    for model in (Investment, MilestoneDate, Source):
        opened = staff.get(address(model, "add"))
        forms = [opened.context["adminform"].form]
        forms += [inline.formset.empty_form for inline in opened.context["inline_admin_formsets"]]
        names = [
            name.replace("__prefix__", "0") for f in forms for name in map(f.add_prefix, f.fields)
        ]
        data = dict.fromkeys(names, value)
        for inline in opened.context["inline_admin_formsets"]:
            data |= {
                f"{inline.formset.prefix}-TOTAL_FORMS": "1",
                f"{inline.formset.prefix}-INITIAL_FORMS": "0",
            }
        assert staff.post(address(model, "add"), data).status_code == 200
        assert not model.objects.exists()


@pytest.mark.parametrize("value", ["", "x", "-1"])
def test_forms_whose_counts_of_rows_are_damaged(staff, value):
    data = {"parts-TOTAL_FORMS": value, "parts-INITIAL_FORMS": value}
    assert staff.post(address(Investment, "add"), data).status_code == 200


@pytest.mark.parametrize("sent", [HUGE, "-1", "9223372036854775808", "x"])
def test_a_stale_form_names_a_row_that_cannot_be(staff, sent):
    row = factories.investment()
    opened = as_shown(staff.get(address(Investment, "change", row.pk)))
    data = {name: text for name, text in opened.items() if text != ""}
    answer = staff.post(
        address(Investment, "change", row.pk), data | {"version": "9", "project": sent}
    )
    assert answer.status_code == 200
    row.refresh_from_db()
    assert row.project_id is not None


@pytest.mark.parametrize("first", ["-1", "-9223372036854775809", "1", HUGE])
def test_as_many_rows_are_stored_as_are_sent(staff, first):
    project = factories.project()
    opened = as_shown(staff.get(address(Project, "change", project.pk)))
    data = {name: text for name, text in opened.items() if text != ""}
    data["projectplace_set-INITIAL_FORMS"] = first
    answer = staff.post(address(Project, "change", project.pk), data)
    assert answer.status_code == 200
    assert "projectplace_set-TOTAL_FORMS" in answer.content.decode()


def test_no_more_rows_are_made_than_fields_were_sent(staff):
    project, place = factories.project(), factories.place()
    opened = staff.get(address(Project, "change", project.pk))
    data = {name: text for name, text in as_shown(opened).items() if text != ""} | {
        "projectplace_set-0-place": str(place.pk)
    }
    few, many = (
        staff.post(
            address(Project, "change", project.pk), data | {"projectplace_set-TOTAL_FORMS": total}
        )
        for total in (len(data) + 1, 1)
    )
    assert few.status_code == 200
    assert "projectplace_set-TOTAL_FORMS" in few.content.decode()
    formset = next(
        one.formset
        for one in few.context["inline_admin_formsets"]
        if one.formset.prefix == "projectplace_set"
    )
    assert (len(formset.forms), formset.is_valid()) == (0, False)
    assert many.status_code == 302
    assert list(project.places.all()) == [place]


@pytest.mark.parametrize("page", ["change", "delete"])
def test_a_row_is_found_where_no_field_is_named(admin_client, page):
    row = factories.source()
    admin_client.raise_request_exception = False
    assert admin_client.get(f"{address(Source, page, row.pk)}?_to_field=").status_code == 200
