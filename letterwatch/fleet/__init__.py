"""Several machines share the work: clocks and workers at one queue; only this room knows Procrastinate."""
