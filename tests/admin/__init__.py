"""Tests of the admin, which is the editing tool."""
