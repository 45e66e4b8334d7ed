"""Real servers for the tests, on loopback: a web server that misbehaves on demand, an SMTP server."""
