"""What a rule is: its kinds, what it finds, how a finding is mended, and how rules are found."""
