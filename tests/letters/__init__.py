"""Makes letters and reports that look to a reader like Ofsted's, for the demo and as fixtures."""
