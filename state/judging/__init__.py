"""Whether a run may be believed: rules and verdicts, pure functions of what came and what was known."""
