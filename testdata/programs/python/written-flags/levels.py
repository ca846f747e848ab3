"""Numbers with names."""

LOWEST = 1
HIGHEST = 2
changing = 1


def change():
    global changing
    changing = 2
