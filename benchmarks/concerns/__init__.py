"""What is measured, one file a concern."""
