"""The names by which the store keeps its notes on other stores."""

CITY = "city"
