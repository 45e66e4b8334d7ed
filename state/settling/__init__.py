"""From a judged run to versions, events and deliveries, in one transaction."""
