"""Other people's test vectors, judged by the product's own verifier."""
