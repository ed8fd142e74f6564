"""What is asked of rows in bulk is what the forms and `full_clean()` ask of each."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import override
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from projects.imports import TABLES, check
from projects.imports.forms import form_field
from projects.models import Organization, Project, Source
from tests import factories
from tests.imports.files import file, said

pytestmark = pytest.mark.django_db

RANDOM = {
    "deadline": None,
    "database": None,
    "suppress_health_check": list(HealthCheck),
}
KEYS = {
    "source": ["paper", "draft", "told", "nowhere", ""],
    "project": ["park", "harbour", "nowhere", ""],
    "agreement": ["signed", "nowhere", ""],
    "organization": ["maker", "owner", "nowhere", ""],
    "place": ["town", ""],
    "parent": ["town", "maker", ""],
    "indicator": ["output", "area", "nowhere", ""],
    "wider": ["output", "area", "", "nowhere"],
    "milestone": ["opening", "signing", ""],
    "restates": ["", "", "stands", "other", "nowhere"],
    "part_of": ["", "", "stands", "other"],
    "stands_in": ["", "signed"],
    "parent_source": ["", "paper"],
    "entered_with": ["", "draft"],
    "organizations": ["", "maker", "maker;owner", "nowhere"],
    "places": ["", "town", "nowhere"],
    "sectors": [""],
}
TEXTS = ["", "字", "in the text", "not in it", " x ", "x" * 201, "y" * 501]
NUMBERS = ["", "", "-1", "0", "5", "5", "7", "12.5", "10000000000001", "9223372036854775808"]
DATES = ["", "2022", "2022", "2022-04", "2019/2022", "../2022", "2022-02-30", "2022/.."]
ADDRESSES = ["", "https://example.org/a", "ftp://example.org", "javascript:alert(1)"]


@pytest.fixture(autouse=True)
def record(publisher):
    """Rows of every table that a random one can name, restate or be."""
    paper = factories.source(slug="paper")
    factories.source(slug="draft", draft=True)
    factories.source(slug="told", full_text="These words are in the text.")
    signed = factories.agreement(slug="signed")
    park, town = factories.project(slug="park"), factories.place(slug="town")
    factories.project(slug="harbour", agreement=signed)
    maker, _owner = (factories.organization(slug=slug) for slug in ("maker", "owner"))
    output = factories.indicator(slug="output", unit="CNY", place=town)
    factories.indicator(slug="area", unit="m²", place=town)
    opening = factories.milestone(slug="opening", project=park, kind="opened")
    factories.milestone(slug="signing", agreement=signed, kind="signed")
    common = {"source": paper}
    made = {
        factories.investment: {"project": park, "amount_low": 5, "amount_high": 5},
        factories.target: {"indicator": output, "period": "2022", "amount_low": 5},
        factories.observation: {"indicator": output, "period": "2022", "amount_low": 5},
        factories.milestone_date: {"milestone": opening, "side": "reached", "date": "2022"},
        factories.participation: {"project": park, "organization": maker, "role": "builder"},
        factories.agreement_party: {"agreement": signed, "organization": maker},
    }
    for factory, values in made.items():
        stands = factory(key="stands", **common, **values)
        factory(key="other", restates=stands, restates_how="disputed", **common, **values)
    with override("en"):
        yield


def cells(table):
    """Random cells of a row of a table, which may be one that is stored."""
    return st.fixed_dictionaries({column: _cell(table, column) for column in table.columns})


def _cell(table, column):
    field = table.field(column)
    if column == table.key:
        stored = ["stands", "other"] if table.is_statement else []
        stored = stored or table.model.objects.order_by("pk").values_list("slug", flat=True)
        return st.sampled_from(["new", "new", "a b", "z" * 151, *stored])
    if column in KEYS:
        return st.sampled_from(KEYS[column])
    if isinstance(field, models.BooleanField):
        return st.sampled_from(["true", "false"])
    if field.choices:
        return st.sampled_from(["", *(str(code) for code, _label in field.choices)])
    if isinstance(field, models.IntegerField | models.DecimalField):
        return st.sampled_from(NUMBERS)
    if isinstance(field, models.DateField):
        return st.sampled_from(["", "2020-04-26"])
    if column in table.dates:
        return st.sampled_from(DATES)
    if column == "unit":
        return st.sampled_from(["CNY", "USD", "m²", "", "yuan"])
    return st.sampled_from(ADDRESSES if "address" in column else TEXTS)


ROWS = st.sampled_from(list(TABLES.values()))


def by_the_models(table, line):
    """What a form and `full_clean()` say of a row: columns with what is said of each."""
    row = table.model.objects.filter(**{_key(table): line[table.key]}).first() or table.model()
    form = _form(table)({_name(table, column): text for column, text in line.items()}, instance=row)
    if form.errors:
        return _columns(table, form.errors.as_data())
    links = {name: form.cleaned_data[name] for name in table.lists}
    with transaction.atomic():
        try:
            if isinstance(row, Source):
                # Without a last day it cannot be stored at all.
                row.clean()
            row.validate_unique()
            row.validate_constraints()
            row.save()
            for name, others in links.items():
                getattr(row, name).set(others)
            stored = table.model.objects.get(pk=row.pk)
            stored.full_clean()
        except ValidationError as error:
            return _columns(table, error.error_dict)
        finally:
            transaction.set_rollback(True)
    return set()


def _key(table):
    return "key" if table.is_statement else "slug"


def _name(table, column):
    return table.field(column).name


def _columns(table, errors):
    return {
        (table.column(name), "" if _refers(table, name) else message)
        for name, found in errors.items()
        for one in found
        for message in one.messages
    }


def _refers(table, name):
    return name in {*table.references, *table.lists} and "valid choice" not in name


def _form(table):
    def made(field, **kwargs):
        if isinstance(field, models.ManyToManyField):
            return Listed(field.related_model.objects, to_field_name="slug", required=False)
        if isinstance(field, models.ForeignKey):
            name = "key" if hasattr(field.related_model, "kind_of_statement") else "slug"
            rows = field.related_model.objects
            return forms.ModelChoiceField(rows, to_field_name=name, required=not field.blank)
        return form_field(field)

    names = [_name(table, column) for column in table.columns]
    return forms.modelform_factory(table.model, form=Plain, fields=names, formfield_callback=made)


class Listed(forms.ModelMultipleChoiceField):
    """Several slugs in one cell."""

    widget = forms.TextInput

    def clean(self, value):
        return super().clean([slug for slug in value.split(";") if slug])


class Plain(forms.ModelForm):
    """The columns' own rules only; what is left of a form is asked of `full_clean`."""

    def clean(self):
        for end in ("low", "high"):
            if self.cleaned_data.get(f"amount_{end}", "") is None:
                self.cleaned_data[f"amount_{end}_included"] = False
        return self.cleaned_data

    def _post_clean(self):
        names = [name for name in self._meta.fields if name in self.cleaned_data]
        self.instance = forms.models.construct_instance(self, self.instance, names)
        try:
            self.instance.clean_fields(exclude={*self.errors})
        except ValidationError as error:
            self._update_errors(error)


@settings(max_examples=400, **RANDOM)
@given(data=st.data())
def test_a_random_row_is_refused_for_the_same(publisher, data):
    table = data.draw(ROWS)
    line = data.draw(cells(table))
    expected = by_the_models(table, line)
    event("refused" if expected else "accepted")

    report = check([file(table.name, line)], publisher, publish=True)

    found = {
        (column, "" if _refers(table, column) else words)
        for _table, _line, column, words in said(report)
    }
    assert found == expected


KEYS_OF_GROUP = [f"k{number}" for number in range(5)]
MEMBERS = st.lists(
    st.fixed_dictionaries(
        {
            "project": st.sampled_from(["park", "park", "harbour"]),
            "organizations": st.sampled_from(["", "maker", "owner"]),
            "amount_low": st.sampled_from(["5", "5", "6"]),
            "per": st.sampled_from(["once", "once", "once", "year"]),
            "source": st.sampled_from(["paper", "told"]),
            "as_written": st.sampled_from(["", "", "words", "not in it"]),
            "restates": st.sampled_from(["", "", "stands", *KEYS_OF_GROUP]),
            "restates_how": st.sampled_from(["repeats", "disputed"]),
            "part_of": st.sampled_from(["", "", "", "other", *KEYS_OF_GROUP]),
        }
    ),
    min_size=2,
    max_size=5,
)


def all_by_the_models(lines):
    """What `full_clean()` says of each investment once all of them are stored."""
    model = TABLES["investments"].model
    with transaction.atomic():
        rows = {line["statement_id"]: model(key=line["statement_id"]) for line in lines}
        for line in lines:
            row = rows[line["statement_id"]]
            row.project = Project.objects.get(slug=line["project"])
            row.source = Source.objects.get(slug=line["source"])
            row.amount_low, row.per = int(line["amount_low"]), line["per"]
            row.as_written = line["as_written"]
            row.save()
        known = {row.key: row for row in model.objects.all()}
        for line in lines:
            row = known[line["statement_id"]]
            row.restates, row.part_of = (known.get(line[name]) for name in ("restates", "part_of"))
            row.restates_how = line["restates_how"]
            row.save()
            row.organizations.set(Organization.objects.filter(slug=line["organizations"]))
        found = set()
        for number, line in enumerate(lines, 2):
            try:
                model.objects.get(key=line["statement_id"]).full_clean()
            except ValidationError as error:
                found |= {
                    (number, "" if name == "__all__" else name, message)
                    for name, messages in error.message_dict.items()
                    for message in messages
                }
        transaction.set_rollback(True)
    return found


def in_circle(lines):
    """Whether rows name each other in a circle, of which the import says so before all else."""
    named = {
        line["statement_id"]: {line["restates"], line["part_of"]} & set(KEYS_OF_GROUP)
        for line in lines
    }
    while free := [key for key, others in named.items() if not others & set(named)]:
        for key in free:
            del named[key]
    return bool(named)


@settings(max_examples=150, **RANDOM)
@given(MEMBERS)
def test_random_groups_are_refused_for_the_same(publisher, lines):
    keys = [key for key, _line in zip(KEYS_OF_GROUP, lines, strict=False)]
    for key, line in zip(keys, lines, strict=True):
        line["statement_id"] = key
        for name in ("restates", "part_of"):
            if line[name] in set(KEYS_OF_GROUP) - set(keys):
                line[name] = ""
        if not line["restates"]:
            line["restates_how"] = ""
    assume(not in_circle(lines))
    expected = all_by_the_models(lines)
    event("refused" if expected else "accepted")

    report = check([file("investments", *lines)], publisher)

    assert {one[1:] for one in said(report)} == expected
