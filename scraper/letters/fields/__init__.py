"""What the templates print in their places: kind, dates, names, areas and grades."""
