"""The office at the keyboard: one file a group of commands."""
