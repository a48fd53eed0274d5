"""Garbage on every route: one error shape, no traceback, no hang."""
