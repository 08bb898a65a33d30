"""One file a format: what a run found, as text or as data. Nothing here reads a file or prints."""
