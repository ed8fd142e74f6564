"""What changed in the tables for the site's own sake."""
