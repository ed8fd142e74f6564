"""Tests of what the API is made of."""
