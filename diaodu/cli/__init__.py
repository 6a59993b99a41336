"""The office at the keyboard: one file a group of commands."""

from diaodu.cli.app import main

__all__ = ["main"]
