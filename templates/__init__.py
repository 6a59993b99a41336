"""Texts, no code: message, notice and page templates, and the policies shipped as presets."""
