"""What a message says: facts and quotations of each event, put into words. Pure."""
