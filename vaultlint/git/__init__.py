"""The one door to git: what a repository holds, asked so that nothing in it can make git run something."""
