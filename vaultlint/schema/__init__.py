"""What properties a note must have: schemas read from a config, compiled, held against notes."""
