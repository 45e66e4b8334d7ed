"""The demo: a replica of Ofsted's site, an inbox, and the story of one letter, all on loopback."""
