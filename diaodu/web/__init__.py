"""The pages and the health check of the served office."""
