"""Search: the language, its SQL against a plain evaluator, and both against the official server."""
