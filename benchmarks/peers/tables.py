"""The tables of the peers, copied out of the site's."""

import sqlite3
from pathlib import Path

from benchmarks.databases import Database

# All in the tables' own names, as a plain Django project would have them.
COPY = """
CREATE TABLE peer_project AS
    SELECT id, slug, name_zh, name_en FROM {schema}projects_project;
CREATE TABLE peer_organization AS
    SELECT id, slug, name_zh, name_en FROM {schema}projects_organization;
CREATE TABLE peer_investment AS
    SELECT id, key, project_id,
        (SELECT min(organization_id) FROM {schema}projects_investmentorganization AS link
         WHERE link.investment_id = investment.id) AS organization_id,
        basis, per, instrument, amount_low, amount_high, unit, date, date_earliest, date_latest,
        as_written, said_by, note, locator
    FROM {schema}projects_investment AS investment
    WHERE project_id IS NOT NULL ORDER BY id LIMIT {rows};
"""
KEYS = "".join(
    f"ALTER TABLE peer_{name} ADD PRIMARY KEY (id);"
    for name in ("project", "organization", "investment")
)


def on_postgresql(large: Database, rows: int) -> None:
    """Copies them beside the site's own."""
    drop_on_postgresql(large)
    large.psql(COPY.format(schema="", rows=rows) + KEYS)
    large.psql("VACUUM (ANALYZE) peer_project, peer_organization, peer_investment")


def drop_on_postgresql(large: Database) -> None:
    """Takes them away again."""
    large.psql("DROP TABLE IF EXISTS peer_project, peer_organization, peer_investment")


def on_sqlite(source: Path, file: Path, rows: int) -> None:
    """Copies them into a file of their own."""
    with sqlite3.connect(file) as connection:
        connection.execute("ATTACH ? AS site", [str(source)])
        connection.executescript(COPY.format(schema="site.", rows=rows))
    connection.close()
