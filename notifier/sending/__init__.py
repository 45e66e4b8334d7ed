"""Getting messages there: when each is due, one lane a channel, never lost and never twice."""
