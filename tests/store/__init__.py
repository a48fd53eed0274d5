"""What every store must do, whatever database is behind it; and what SQLite does by itself."""
