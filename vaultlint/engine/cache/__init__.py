"""What earlier runs found out, kept in the user's cache folder: never a wrong answer, and never needed for a right one.

Two kinds of files for each vault. `notes-*` holds what a run saw of every note, under one set of rules: nothing in it
hangs on another note. `run-*` holds what a run told, and all that it hangs on: where that is as it was, it is told
again.
"""
