"""A plug-in for vaultlint. Importing this imports no rule: the mapping says where each one is."""

RULES = {"no-todo-marker": "vaultlint_todo.no_todo_marker:NoTodoMarker"}
"""Name -> module and class; named by the entry point in `pyproject.toml`."""
