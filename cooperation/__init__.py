"""The Django project around the app `projects`: settings, addresses, serving."""
