"""Keys that a form does not ask for, and columns that no file has, change nothing.

What is stored with them is what is stored without them.
"""

import csv
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import models, transaction

from projects.imports import TABLES, store
from projects.imports.tables import ENTERED_WITH
from projects.models.uploads import Upload
from tests.admin.people import account, client_of
from tests.cooperation.permissions import Record, model_of
from tests.cooperation.test_permissions import table
from tests.exports.reading import content
from tests.imports.files import file
from tests.recorded import RECORDED

pytestmark = [pytest.mark.django_db, pytest.mark.proof]

OF_VISITS = {Session, Upload, LogEntry}
GUESSED = ["pk", "created_by", "is_staff", "is_superuser", "owner", "user", "_state", "draft"]
"""Names that some site or other has for what nobody may set."""
EACH = 6
"""At the small size one form of so many."""


def stored(before, password=True):
    """All that is stored, row by row; new ids by their order, as databases count on."""
    compared = [
        model
        for model in apps.get_models()
        if model not in OF_VISITS and model._meta.managed and model._meta.app_label != "cooperation"
    ]
    rows = {model: list(model._base_manager.order_by("pk").values()) for model in compared}
    new = {
        model: {pk: f"new {n}" for n, pk in enumerate(sorted(keys - before[model]))}
        for model, found in rows.items()
        for keys in [{row[model._meta.pk.attname] for row in found}]
    }

    def cell(field, value):
        target = field.related_model if field.is_relation else field.model
        if field.name == "id" and hasattr(field.model, "instance_type"):
            target = field.model.instance_type
        is_id = field.is_relation or field.primary_key or field.name == "id"
        return new.get(target, {}).get(value, value) if is_id else value

    return {
        (model.__name__, number, field.attname): cell(field, row[field.attname])
        for model, found in rows.items()
        for number, row in enumerate(found)
        for field in model._meta.concrete_fields
        if not isinstance(field, models.DateTimeField) and (password or field.name != "password")
    }


def differing(one, other):
    """The cells in which what is stored differs."""
    return [
        cell for cell in one.keys() | other.keys() if one.get(cell, ...) != other.get(cell, ...)
    ]


def ids():
    """The ids of all rows that there are."""
    return {
        model: set(model._base_manager.values_list("pk", flat=True))
        for model in apps.get_models()
        if model._meta.managed
    }


def made_up(field):
    """Another value of a column than it would have: of a row that there is, where it refers."""
    if field.is_relation or field.primary_key:
        model = field.related_model if field.is_relation else field.model
        return model._base_manager.order_by("pk").values_list("pk", flat=True).first() or 1
    if isinstance(field, models.BooleanField):
        return "" if field.default is True else "on"
    if field.choices:
        return field.choices[-1][0]
    if isinstance(field, models.DateField):
        return "2001-01-01"
    is_number = isinstance(field, models.IntegerField | models.DecimalField)
    return 777 if is_number else "forged"


def columns(*those):
    """Values for every column of models, under the names that a form and a database have."""
    values = {}
    for model in those:
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
            for name in {field.name, field.attname}:
                values.setdefault(name, made_up(field))
    return values | {name: "1" for name in GUESSED if name not in values}


def unasked(client, one):
    """Keys with values that no field of the form at an address has, nor of the rows in it."""
    page = client.get(one.path)
    model = model_of(one.pattern) or User
    context = page.context or {}
    form = getattr(context.get("adminform"), "form", None)
    asked = set(form.fields) if form else set()
    found = {
        name: value
        for name, value in columns(model, User, *RECORDED).items()
        if name not in asked | set(one.sent)
    }
    for inline in context.get("inline_admin_formsets") or []:
        for row in inline.formset.forms:
            found |= {
                row.add_prefix(name): value
                for name, value in columns(row._meta.model).items()
                if name not in row.fields and row.add_prefix(name) not in one.sent
            }
    return found


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_no_form_takes_what_it_does_not_ask_for(role, full_size, figure):
    client = client_of(account(role))
    record = Record()
    before, rows = ids(), table()
    taken = [one for one in record.asked() if one.sent and rows[one.key][f"POST {role}"] == "302"]
    forms = keys = 0
    changed = []
    for one in taken[:: 1 if full_size else EACH]:
        password = "password" not in one.path and "/user/add/" not in one.path

        def sent(more, one=one, password=password):
            cookies = client.cookies.copy()
            with transaction.atomic():
                status = client.post(one.path, one.sent | more).status_code
                found = stored(before, password)
                transaction.set_rollback(True)
            client.cookies = cookies
            return status, found

        status, honest = sent({})
        if status != 302:
            continue
        more = unasked(client, one)
        again, forged = sent(more)
        forms, keys = forms + 1, keys + len(more)
        changed += [f"{one.path}: answered {again}"] if again != status else []
        changed += [f"{one.path}: {cell}" for cell in differing(honest, forged)]
    what = f"keys that no form asks for, sent to every form by an {role}: columns changed"
    figure("B4", what, f"{len(changed)} by {keys:,} at {forms} forms", "0")
    assert changed == []
    assert forms >= (30 if full_size else 3)


def test_no_file_has_a_column_that_is_not_its_own(full_size, figure):
    account("publisher")
    record = Record()
    before = ids()
    tried, changed = 0, []

    def imported(name, line):
        with transaction.atomic():
            report = store([file(name, line)], record.root)
            found = stored(before)
            transaction.set_rollback(True)
        return report.stored, found

    untouched = stored(before)
    for name, of in TABLES.items():
        text = content(name).decode("utf-8-sig")
        line = next(csv.DictReader(StringIO(text, newline="")))
        line = {column: line[column] for column in of.stored}
        told = next(column for column in ("note", "title", "name_en") if column in line)
        line[told] = "Another"
        taken, honest = imported(name, line)
        assert taken, name
        more = {
            key: value
            for key, value in columns(of.model).items()
            if key not in (*of.stored, ENTERED_WITH)
        }
        for key, value in list(more.items())[:: 1 if full_size else EACH]:
            tried += 1
            taken, found = imported(name, line | {key: value})
            if found != (honest if taken else untouched):
                changed.append(f"{name}.csv: {key}")
    what = "columns that no form asks for, added to a file of every table: changed something"
    figure("B4", what, f"{len(changed)} of {tried}", "0")
    assert changed == []
