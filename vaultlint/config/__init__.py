"""From config files, packs and flags to one validated, frozen value: `Settings`."""
