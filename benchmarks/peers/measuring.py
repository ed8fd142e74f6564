"""What peers take to export the same investments."""


def peers(run):
    return {}
