"""All SQL: one query file a noun, two dialects behind one engine."""
