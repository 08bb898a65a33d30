"""What a contributor runs: standard library only, so that a machine with nothing but Python can start."""
