"""The signs of life: pulse, health, metrics, pings, and the daily proof that silence means nothing new."""
