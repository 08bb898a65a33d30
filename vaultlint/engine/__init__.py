"""The work: read and check notes over workers, judge the vault, fix to a fixed point, prove and write."""
