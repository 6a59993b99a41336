"""What is stored: one table a file, no imports among them; joins live in `diaodu.storage`."""
