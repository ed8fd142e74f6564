"""The tasks by their names; each is imported for itself, so that one that breaks breaks alone."""

TASKS = {
    "addresses": "benchmarks.inside.addresses.read_by_visitors",
    "cases": "benchmarks.inside.cases.cases",
    "facts": "benchmarks.inside.facts.facts",
    "files": "benchmarks.inside.files.files",
    "queries": "benchmarks.inside.queries.queries",
    "select": "benchmarks.inside.select.select",
    "walk": "benchmarks.inside.walking.missing_rows",
    "write": "benchmarks.inside.writing.write",
}
