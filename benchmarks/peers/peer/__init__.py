"""The same investments as three plain tables, exported by what peers offer."""
