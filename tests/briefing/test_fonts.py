"""The fonts at hand: an office's own first, the embedded ones always, and what none of them can print."""
