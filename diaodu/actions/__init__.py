"""What people do: one action, one transaction, its audit row inside it."""
