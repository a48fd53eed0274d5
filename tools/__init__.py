"""Programs for people who work on Milepost; nothing here is shipped."""
