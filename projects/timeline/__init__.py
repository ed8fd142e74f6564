"""Milestones on a time axis: reports in, the geometry of a picture out."""
