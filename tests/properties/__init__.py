"""Properties: the series engine, the codec and the store against plain models of them."""
