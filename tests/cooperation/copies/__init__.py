"""Copies of the whole database: backups, restored and moved, proven by fingerprints."""
