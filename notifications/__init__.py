"""Messages to people: one file a channel, and the outbox they leave through."""
