"""One structured message, rendered for each kind of channel. Pure."""
