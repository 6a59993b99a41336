"""What speed was promised, measured: ratios inside one run, so that any machine can tell."""
