"""Which sources are watched: Ofsted, GOV.UK and the papers, each with its hosts and its rhythm."""
