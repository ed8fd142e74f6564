"""The ways in which a portfolio is written, each taken at random; none asks whether it is sensible.

What the site's checks would refuse is stored as well: what is derived has to be right even so. Only
a group or a whole of several things is taken back, as nothing says then what of them stands.
"""

from contextlib import suppress
from typing import Any

from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from hypothesis import strategies as st

from projects import models
from projects.models import STATEMENTS, RestatesHow
from projects.models.past import Past
from projects.models.publishing import publish, unpublish
from projects.models.putting_back import put_back, to_be
from projects.models.swapping import let_stand
from tests.reports.strategies import PUBLISHED

ENTITIES = (
    models.Project,
    models.Organization,
    models.Agreement,
    models.Milestone,
    models.Indicator,
)


def write(data: Any, folder: Any) -> str:
    """Take one door; where the database refuses, nothing is written."""
    door = data.draw(st.sampled_from(DOORS), label="door")
    with suppress(IntegrityError, ProtectedError, ValidationError), transaction.atomic():
        door(data, folder)
        keep_together()
    return str(door.__name__)


def keep_together() -> None:
    """Refuse statements that restate, or are part of, one about something else."""
    for kind in STATEMENTS:
        ways = ("restates", "part_of") if kind is models.Investment else ("restates",)
        for way in ways:
            for row in kind._default_manager.exclude(**{way: None}).select_related(way):
                if row.thing() != getattr(row, way).thing():
                    raise ValidationError("apart")


def any_of(data: Any, model: Any) -> Any:
    """A row of a model, or none where there is none."""
    ids = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
    return model._default_manager.get(pk=data.draw(st.sampled_from(ids))) if ids else None


def any_statement(data: Any) -> Any:
    return any_of(data, data.draw(st.sampled_from(STATEMENTS)))


def save_source(data: Any, folder: Any) -> None:
    row = any_of(data, models.Source)
    row.draft = data.draw(st.booleans())
    row.published = data.draw(st.sampled_from(PUBLISHED))
    row.save()


def publish_or_not(data: Any, folder: Any) -> None:
    row = any_of(data, models.Source)
    (publish if row.draft else unpublish)(row, reason="because", user=None)


def propose_and_publish(data: Any, folder: Any) -> None:
    row = any_statement(data)
    if row is None or row.restates_id is None:
        return
    unpublish(row.source, reason="because", user=None)
    row.proposed = RestatesHow.DISPUTED
    row.save()
    publish(row.source, reason="because", user=None)


def swap(data: Any, folder: Any) -> None:
    row = any_statement(data)
    if row is not None and row.restates_id is not None:
        how = RestatesHow.SUPERSEDED
        let_stand(row, instead_of=row.restates_id, becomes=how, reason="because", user=None)


def save_statement(data: Any, folder: Any) -> None:
    """Another publication, group, subject or date, with the columns of an instance read before."""
    row = any_statement(data)
    if row is None:
        return
    changed = data.draw(st.sampled_from(("source", "group", "subject", "value")))
    if changed == "source":
        row.source = any_of(data, models.Source)
    elif changed == "group":
        other = data.draw(st.sampled_from((None, any_of(data, type(row)))))
        row.restates = other if other is not None and other.pk != row.pk else None
        row.restates_how = "disputed" if row.restates else ""
    elif changed == "subject":
        for name in ("project", "organization", "milestone", "indicator"):
            if getattr(row, f"{name}_id", None) is not None:
                setattr(row, name, any_of(data, type(row)._meta.get_field(name).related_model))
    elif isinstance(row, models.Investment):
        row.part_of = data.draw(st.sampled_from((None, any_of(data, models.Investment))))
        row.basis = data.draw(st.sampled_from(("announced", "paid")))
        row.amount_low = row.amount_high = data.draw(st.sampled_from((None, 5, 10**9)))
    elif isinstance(row, models.MilestoneDate):
        row.date = data.draw(st.sampled_from(("2019", "2020-04", "2023-04-26/2025-04-26")))
    row.save_because("because", None)


def save_words(data: Any, folder: Any) -> None:
    row = any_statement(data)
    if row is not None:
        row.note = f"{row.note}x"
        row.save()


def add_statement(data: Any, folder: Any) -> None:
    """A copy of another one, of a publication of its own."""
    row = any_statement(data)
    if row is None:
        return
    root = row.restates_id or row.pk
    row.pk, row.key = None, ""
    row._state.adding = True
    row.source = any_of(data, models.Source)
    row.restates_id, row.restates_how = root, "disputed"
    row.save()


def delete(data: Any, folder: Any) -> None:
    row = any_of(data, data.draw(st.sampled_from((*STATEMENTS, *ENTITIES))))
    if row is not None:
        row.delete()


def delete_and_put_back(data: Any, folder: Any) -> None:
    row = any_of(data, data.draw(st.sampled_from((*STATEMENTS, models.Milestone))))
    if row is None:
        return
    model, pk = type(row), row.pk
    row.save()  # its first state is kept
    row.delete()
    past = Past(model, pk)
    state = to_be(past, past.moments[-1])
    put_back(state, version=None, reason="because", user=None)


def put_a_source_back(data: Any, folder: Any) -> None:
    """To the first day of publication that is kept of it."""
    row = any_of(data, models.Source)
    row.published = data.draw(st.sampled_from(PUBLISHED))
    row.save()
    past = Past(models.Source, row.pk)
    put_back(to_be(past, past.moments[0]), version=row.version, reason="because", user=None)


def tie(data: Any, folder: Any) -> None:
    investment = any_of(data, models.Investment)
    organization = any_of(data, models.Organization)
    if investment is not None and organization is not None:
        models.InvestmentOrganization.objects.create(
            investment=investment, organization=organization
        )


def move_tie(data: Any, folder: Any) -> None:
    row = any_of(data, models.InvestmentOrganization)
    if row is not None:
        row.organization = any_of(data, models.Organization)
        row.save()


def untie(data: Any, folder: Any) -> None:
    row = any_of(data, models.InvestmentOrganization)
    if row is not None:
        row.delete()


def save_entity(data: Any, folder: Any) -> None:
    """Another place in the portfolio, or another publication that it was entered with."""
    row = any_of(data, data.draw(st.sampled_from(ENTITIES)))
    if row is None:
        return
    source = any_of(data, models.Source)
    if data.draw(st.booleans()):
        row.entered_with = data.draw(st.sampled_from((None, source)))
    elif isinstance(row, models.Organization):
        parent = any_of(data, models.Organization)
        row.parent, row.parent_source = (None, source) if parent.pk == row.pk else (parent, source)
    elif isinstance(row, models.Project):
        row.agreement = data.draw(st.sampled_from((None, any_of(data, models.Agreement))))
    elif isinstance(row, models.Milestone | models.Indicator) and row.project_id is not None:
        row.project = any_of(data, models.Project)
        if isinstance(row, models.Milestone):
            row.kind = data.draw(st.sampled_from(models.MilestoneKind.values))
    row.save()


def load(data: Any, folder: Any) -> None:
    """Fixtures that say of rows what they said once, written over what they say now."""
    rows = [any_of(data, models.Source), any_statement(data), any_of(data, models.Project)]
    kept = serializers.serialize("json", [row for row in rows if row is not None])
    save_source(data, folder)
    save_statement(data, folder)
    path = folder / "kept.json"
    path.write_text(kept)
    call_command("loaddata", str(path), verbosity=0)


def store_in_bulk(data: Any, folder: Any) -> None:
    """New rows past `save`, whose writer says which they are."""
    row = any_statement(data)
    if row is None:
        return
    made = [type(row)(**{
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in {"id", "key", "restates", "restates_how"}
    }, key=f"bulk-{row.key}-{number}", restates_id=row.restates_id or row.pk,
        restates_how="disputed") for number in range(2)]  # fmt: skip
    for one in made:
        one.source = any_of(data, models.Source)
    stored = type(row)._default_manager.bulk_create(made)
    models.derive({type(row): [one.pk for one in stored]})


def together(data: Any, folder: Any) -> None:
    """Several writes, and what follows from all of them at the end."""
    with models.deriving_together():
        for door in (save_statement, save_entity, delete):
            with suppress(IntegrityError, ProtectedError), transaction.atomic():
                door(data, folder)


DOORS = (
    together,
    save_source,
    publish_or_not,
    propose_and_publish,
    swap,
    save_statement,
    save_statement,
    save_words,
    add_statement,
    delete,
    delete_and_put_back,
    put_a_source_back,
    tie,
    move_tie,
    untie,
    save_entity,
    save_entity,
    load,
    store_in_bulk,
)
