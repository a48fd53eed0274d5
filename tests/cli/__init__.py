"""Commands, run as processes against real servers."""
