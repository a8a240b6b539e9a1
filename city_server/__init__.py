"""The city's side: the exchange with stations and its web pages."""
