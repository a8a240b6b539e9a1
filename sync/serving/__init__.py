"""Answering the exchange over HTTP, for whoever has a store: a city's server or an event's hub."""
