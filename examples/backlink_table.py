"""Print a Markdown table of the notes that most others link to.

python examples/backlink_table.py seeds
"""

import sys

import vaultlint


def main(folder: str) -> None:
    """Count for each note the links that lead to it, those within the note itself aside."""
    vault = vaultlint.Vault.open(folder)
    counts = {path: sum(source != path for source, _ in vault.backlinks(path)) for path in vault.notes}
    print("| note | links to it |\n| --- | --- |")
    for path, count in sorted(counts.items(), key=lambda row: (-row[1], row[0])):
        print(f"| [[{path.removesuffix('.md')}]] | {count} |")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "seeds")
