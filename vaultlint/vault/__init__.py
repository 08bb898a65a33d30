"""Many notes: which files a vault has, and what a link in it means."""
