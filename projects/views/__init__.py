"""The views, one file a concept."""
