"""Random histories of stations, hubs and a city in trouble, each from one seed, and what must hold when the dust has settled."""
