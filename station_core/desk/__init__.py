"""What staff may do at the counter, decided from facts: records to write, or a refusal with its reason. No I/O."""
