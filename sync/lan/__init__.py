"""The exchange with a neighbour: a hub on the same network, known by its device and pinned by its certificate."""
