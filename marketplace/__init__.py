"""The site itself: settings, addresses, roles, the front page, people’s homes, search, kept pages, the demo."""
