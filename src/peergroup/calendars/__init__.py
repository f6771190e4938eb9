"""Calendars: a person's sessions as iCalendar, which gives nothing away but when they are."""
