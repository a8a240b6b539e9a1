"""Who a person is: ID number, name, phone, member number, and whether they may join the union."""
