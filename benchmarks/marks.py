"""What must show, in one place; a row names its mark from here."""

from benchmarks.table import Mark

CSV_POSTGRESQL = Mark("at most", 2.0, "×")
CSV_PEER = Mark("at least", 40, "×")
CSV_MEMORY = Mark("at most", 40, "MB")
CSV_SQLITE = Mark("at most", 4.0, "×")
DASHBOARD_WARM = Mark("at most", 1.3, "×")
DASHBOARD_AFTER_A_WRITE = Mark("at most", 1_000, "ms")
LIST = Mark("at most", 2.0, "×")
SEARCH = Mark("at most", 6.0, "×")
TOTALS = Mark("at most", 500, "ms")
ANY_LIST = Mark("at most", 300, "ms")
REVALIDATION = Mark("at least", 50, "%")
QUERIES = Mark("at most", 15, "queries")
QUERIES_THE_SAME = Mark("exactly", 0, "pages")
WALKED = Mark("exactly", 0, "rows")
BROWSERS_FAILED = Mark("exactly", 0, "requests")
BROWSERS_MEMORY = Mark("at most", 1.1, "×")
AS_OF = Mark("at most", 3.0, "×")
IMPORT = Mark("at least", 2_000, "rows/s")
IMPORT_MEMORY = Mark("at most", 1.5, "×")
GENERATE = Mark("at least", 20_000, "statements/s")
