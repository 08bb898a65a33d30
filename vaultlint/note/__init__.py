"""One note: text in, a `Note` with exact spans out. Pure: nothing here opens a file."""
