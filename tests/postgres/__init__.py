"""What PostgreSQL makes possible: many servers on one database; and how it can fail."""
