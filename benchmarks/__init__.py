"""The measurements of `make bench`: sites, databases and peers made for one run, and their ratios.

What runs here knows no Django; what has to ask the site's own code is in `inside/`.
"""
