"""The words of the command line as typed values, a file a command. Imports argparse and no more: help is quick."""
