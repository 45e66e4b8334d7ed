"""Who hears it: subscriptions, rendering, channels, delivery. No SQL, no HTML scraping."""
