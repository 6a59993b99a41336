"""Pure decisions: the office's policy, read top to bottom. No row, session, clock, setting, file or network."""
