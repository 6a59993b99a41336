"""From frozen facts to Word, PDF and HTML that agree."""
