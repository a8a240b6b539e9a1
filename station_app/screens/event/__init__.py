"""Today's event (活动): counts, stock, latest records and what needs a look."""
