"""Settings of the plug-in Obsidian Linter, made to a config of ours: a row for each of its rules."""
