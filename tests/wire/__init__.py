"""The decoder of requests, rule by rule."""
