"""The page on which an editor turns the full text of a source into statements."""
