"""Finding members and looking after their cards (会员)."""
