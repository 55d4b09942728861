"""What screens are made of. A widget draws what it is given and tells what was chosen; it decides nothing."""
