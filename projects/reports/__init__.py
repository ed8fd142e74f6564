"""Reports: cross-model reads as functions; querysets in, frozen dataclasses out."""
