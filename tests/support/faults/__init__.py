"""Random histories of stations, hubs and a city in trouble, each from one seed, and what must hold in the end."""
