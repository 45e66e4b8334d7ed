"""What the state knows, as files for spreadsheets, notebooks and databases."""
