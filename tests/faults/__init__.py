"""Kills, full disks, locks and rude clients: what was acknowledged is there, nothing is half."""
