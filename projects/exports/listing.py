"""Many rows in one cell: the slugs of all that a row is linked to."""

from typing import Any, ClassVar

from django.db.models import F, OuterRef, QuerySet, Subquery, TextField
from django.db.models.sql.constants import LOUTER

from projects.exports.cells import INERT, Compiled


class Joined(Subquery):
    """The texts that links lead to, joined by semicolons in the order of their code points.

    `row` names the end of a link that is the row of the file, `text` the way to its text. SQLite
    looks the links up row by row; PostgreSQL, which is slow at that, reads all that it needs once.
    """

    output_field = TextField()

    def __init__(self, links: QuerySet[Any], row: str, text: str) -> None:
        self.grouped = links.order_by().values(row=F(row), one=F(text))
        super().__init__(links.filter(**{row: OuterRef("pk")}).order_by().values(one=F(text)))

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Compiled:
        cell = INERT["sqlite"].replace("{value}", "joined")
        template = (
            f"(SELECT {cell} FROM (SELECT group_concat(one, ';') AS joined "  # noqa: S608
            "FROM (%(subquery)s ORDER BY 1) AS listed) AS cell)"
        )
        return self.as_sql(compiler, connection, template=template)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Compiled:
        rows = compiler.query.clone()
        rows.clear_ordering(force=True)
        rows.set_values(["pk"])
        for alias, table in rows.alias_map.items():
            if isinstance(table, _Grouped):  # of another column
                rows.alias_refcount[alias] = 0
        # As for the joins of any column, the compiler forgets it with the statement.
        join = _Grouped(self.grouped.filter(row__in=rows).query, compiler.query.get_initial_alias())
        alias = compiler.query.join(join)
        column = f"{connection.ops.quote_name(alias)}.joined"
        return INERT["postgresql"].replace("{value}", column), ()


class _Grouped:
    """A join of the rows of a file with their links, grouped by row; in the form Django asks."""

    table_name = "listed"
    table_alias: str
    join_type: ClassVar[str] = LOUTER
    nullable = True
    filtered_relation = None

    def __init__(self, links: Any, parent_alias: str) -> None:
        self.links = links
        self.parent_alias = parent_alias

    def relabeled_clone(self, change_map: dict[str, str]) -> "_Grouped":
        """The same join in a query whose tables have other names."""
        renamed = _Grouped(self.links, change_map.get(self.parent_alias, self.parent_alias))
        renamed.table_alias = change_map.get(self.table_alias, self.table_alias)
        return renamed

    def as_sql(self, compiler: Any, connection: Any) -> Compiled:
        sql, params = compiler.compile(self.links)
        name = connection.ops.quote_name
        grouped = (
            "SELECT row, string_agg(one, ';' ORDER BY one COLLATE \"C\") AS joined "  # noqa: S608
            f"FROM ({sql}) AS links GROUP BY row"
        )
        key = f"{name(self.parent_alias)}.{name(compiler.query.get_meta().pk.column)}"
        alias = name(self.table_alias)
        return f"LEFT OUTER JOIN ({grouped}) AS {alias} ON {alias}.row = {key}", params
