"""What is remembered until the data change, and how it is known that they did."""
