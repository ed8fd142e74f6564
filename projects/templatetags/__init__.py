"""What templates need to write values, links and icons."""
