"""Signed credentials: the member card in a QR code, certificates of those who sign cards, lists of statuses."""
