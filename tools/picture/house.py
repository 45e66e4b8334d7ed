"""What stands in the picture: every package with its rooms, and what each is for."""

from collections.abc import Mapping

HOUSES: Mapping[str, Mapping[str, str]] = {
    "letterwatch": {
        "commands": "what you can type",
        "config": "checked by line",
        "sources": "what is watched",
        "watching": "when, how closely",
        "vitals": "signs of life",
        "fleet": "several machines",
        "reading": "what you name",
        "web": "page, API, feeds",
        "exporting": "CSV to Parquet",
        "doctor": "finds the fault",
        "demo": "a replica of all",
    },
    "scraper": {
        "spiders": "which pages, in which order",
        "middlewares": "manners, pace, budget",
        "pages": "HTML and feeds to records",
        "letters": "PDF to letter, word for word",
        "coverage": "which letter a story reports",
    },
    "state": {
        "records": "plain, frozen values",
        "judging": "is a run believable?",
        "settling": "versions, then events",
        "news": "stories and links",
        "delivering": "the outbox’s claims",
        "lists": "what people are shown",
        "keeping": "backup and export",
        "storage": "database and archive",
        "migrations": "schema by schema",
    },
    "notifier": {
        "composing": "events in plain words",
        "rendering": "as Slack, mail or text",
        "templates": "yours may take over",
        "sending": "in time, again, once",
        "channels": "one file a kind",
    },
}
FILES = {"letterwatch": ("app, daemon", "the wiring"), "state": ("store", "the door to all")}
"""What stands beside the rooms of a house: files that everything else in it is reached by."""
SAID = {
    "letterwatch": "the app: wires the three",
    "scraper": "looks at the world",
    "state": "knows what is known",
    "notifier": "tells people",
}
WORLD = ("Ofsted’s site", "GOV.UK", "local papers")
PEOPLE = ("Slack", "e-mail", "webhooks", "Apprise")
WAY = (
    "a spider asks",
    "pages and letters are read",
    "the run is judged as a whole",
    "one transaction: versions, events, outbox",
    "delivered, and entered in the ledger",
)
