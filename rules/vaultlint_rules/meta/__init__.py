"""Rules about the run itself, and the notes of what the engine finds."""
