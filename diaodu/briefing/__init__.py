"""From frozen facts to one document, and from one document to Word, PDF and HTML."""
