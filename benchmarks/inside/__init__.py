"""What only the site's own code knows; each task runs in a process of its own, on one database."""
