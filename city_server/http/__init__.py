"""What the city answers over HTTP: the exchange, enrolment, and one page to look at."""
