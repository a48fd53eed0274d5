"""The house itself: layers, style, generated files, docs, a bare install."""
