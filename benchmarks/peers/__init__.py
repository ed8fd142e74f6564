"""Peers that export the same rows, in an environment of their own."""
