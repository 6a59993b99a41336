"""Reading what units send: one file a source, every fault with its place."""
