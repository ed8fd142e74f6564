"""The tables as JSON for programs: pages that begin after a row, and the document that says so."""
