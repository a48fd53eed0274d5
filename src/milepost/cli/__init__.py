"""The `milepost` command, a file a subcommand: parse, call, print. No rules live here."""

from milepost.cli.main import main

__all__ = ["main"]
