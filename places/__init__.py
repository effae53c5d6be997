"""Places: councils with their dates, districts and postcode districts (outcodes); how far apart, and a map of them."""
