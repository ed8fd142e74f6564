"""What the app counts for those who watch it; `/metrics` shows it."""

from prometheus_client import Counter, Gauge

EXPORTS_RUNNING = Gauge(
    "cooperation_exports_running",
    "CSV files that are being made or sent.",
    multiprocess_mode="livesum",
)
REMEMBERED = Counter(
    "cooperation_remembered",
    "Reports asked for, by whether they were remembered (hit) or made (miss).",
    ["outcome"],
)
HIT, MISS = REMEMBERED.labels("hit"), REMEMBERED.labels("miss")
