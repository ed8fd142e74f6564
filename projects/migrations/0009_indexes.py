"""Indexes that serve the order and the filters of the tables, and the totals of investments.

Written in SQL: text goes by code point, which on PostgreSQL is a collation of its own, and what is
not stated comes last both ways. SQLite needs neither the columns carried along nor an index for
each direction.
"""

from django.db import migrations

OUT = "out_from IS NOT NULL"
NOW = "known_until IS NULL"
OPEN = f"{NOW} AND reached_statement_id IS NULL AND NOT passed_over"
BOUNDS = (
    "project_id, amount_low, amount_high, amount_low_included, amount_high_included, "
    "amount_approximate"
)

# Name: table, columns, condition, columns carried along.
INDEXES = {
    "sorted_project_name": ("project", 'name_zh COLLATE "C", id', "seen_from IS NOT NULL", ""),
    "sorted_known_stage": ("knownproject", "stage, project_id", NOW, ""),
    "sorted_known_promised": (
        "knownproject", "promised_low, promised_high, project_id", NOW, ""
    ),
    "sorted_known_promised_down": (
        "knownproject",
        "promised_low DESC NULLS LAST, promised_high DESC NULLS LAST, project_id DESC",
        NOW,
        "",
    ),
    "sorted_known_reported": ("knownproject", "last_reported_latest, project_id", NOW, ""),
    "sorted_known_reported_down": (
        "knownproject", "last_reported_latest DESC NULLS LAST, project_id DESC", NOW, ""
    ),
    "sorted_known_due": ("knownmilestone", "due_latest, milestone_id", OPEN, ""),
    "sorted_investment": ("investment", "id", OUT, ""),
    "sorted_investment_project": ("investment", "project_id, id", OUT, ""),
    "sorted_investment_line": ("investment", "unit, per, basis, left_out, id", OUT, BOUNDS),
    "sorted_investment_amount": ("investment", "amount_low, amount_high, id", OUT, ""),
    "sorted_investment_amount_down": (
        "investment",
        "amount_low DESC NULLS LAST, amount_high DESC NULLS LAST, id DESC",
        OUT,
        "",
    ),
    "sorted_investment_date": ("investment", "date_latest, date_earliest, id", OUT, ""),
    "sorted_investment_date_down": (
        "investment", "date_latest DESC NULLS LAST, date_earliest DESC NULLS LAST, id DESC", OUT, ""
    ),
    "sorted_investment_basis": ("investment", "basis, id", OUT, ""),
    "sorted_investment_per": ("investment", "per, id", OUT, ""),
    "sorted_investment_left_out": ("investment", "left_out, id", OUT, ""),
    "sorted_investment_source": ("investment", "out_from, id", OUT, ""),
    "sorted_investment_instrument": ("investment", "instrument, id", OUT, ""),
    "sorted_investment_how": ("investment", "restates_how, id", f"{OUT} AND restates_how <> ''", ""),
}
for kind in (
    "participation", "agreementparty", "investment", "milestonedate", "target", "observation"
):
    disputed = f"{OUT} AND restates_how = 'disputed'"
    INDEXES[f"disputed_{kind}"] = (kind, "restates_id, id, out_from", disputed, "")
    INDEXES[f"drafted_{kind}"] = (kind, "id", "out_from IS NULL", "")


def create(apps, schema_editor, only=None):
    vendor = schema_editor.connection.vendor
    for name, (table, columns, condition, carried) in INDEXES.items():
        if only and table not in only:
            continue
        if vendor != "postgresql":
            if name.endswith("_down"):
                continue
            columns, carried = columns.replace(' COLLATE "C"', ""), ""
        include = f" INCLUDE ({carried})" if carried else ""
        schema_editor.execute(
            f"CREATE INDEX IF NOT EXISTS {name} ON projects_{table} ({columns}){include} WHERE {condition}"
        )


def drop(apps, schema_editor):
    for name in INDEXES:
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("projects", "0008_data_version")]

    operations = [migrations.RunPython(create, drop)]
