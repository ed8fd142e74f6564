"""What is remembered, and the version of the data by which it is known to be old."""
