"""What runs in pipelines: `vaultlint ci github` and its parts. Knows the engine; the command line calls it."""
