"""What a record, a member, a card and a rule are: pure Python, without Qt, SQL, network or wall clock."""
