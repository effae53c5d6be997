"""Public pages that are not Wagtail’s: who is responsible, groups, models, guidance health, readers’ answers."""
