"""What delegations send: read by content, brought onto the units of a text, and taken apart into what each one wants.

`reading` makes one form of every kind of file, `aligning` finds which unit each paragraph is, `taking` tells what is
wanted.
"""
