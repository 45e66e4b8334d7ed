"""What other programs subscribe to or embed: Atom feeds, calendars, tables as CSV, badges."""
