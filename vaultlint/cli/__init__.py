"""The command line: one file a command. A command only translates: words in, text and a status out."""
