"""vaultlint: checks an Obsidian vault the way Obsidian reads it, and repairs what is safe to repair."""
