"""What a round of watching costs: the site, the programs that watch it, and their measuring."""
