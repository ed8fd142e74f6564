"""The one domain app: what was promised, by whom, and what came of it."""
