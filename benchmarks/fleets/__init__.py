"""A fleet to be ill-treated: a PostgreSQL to restart, a network to cut, processes to kill.

Clocks and workers are real processes, forked from a server that has imported everything, so that two hundred
of them can be killed and started again in minutes. Each reaches PostgreSQL over a wire of its own.
"""
