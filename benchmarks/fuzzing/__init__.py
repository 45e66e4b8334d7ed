"""What comes from outside, damaged on purpose: every reader answers, or refuses in its own words."""
