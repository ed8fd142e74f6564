"""Values: amounts, dates and verdicts in pure Python, without Django."""
