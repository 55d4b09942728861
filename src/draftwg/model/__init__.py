"""What things are: frozen dataclasses for texts, amendments, readings, delegations, versions, and the meeting's state.

Every room may use this one; it knows no file, no clock, no git and no screen, and imports nothing of draftwg but
errors and hygiene.
"""
