"""The filters of the tables: their kinds, what a table has of them together, and those of each."""
