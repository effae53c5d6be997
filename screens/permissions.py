"""The right that every member of staff has, whatever their role."""

ENTER_ADMIN = "wagtailadmin.access_admin"
