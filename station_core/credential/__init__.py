"""Signed credentials: the member card in a QR code, its issuers' certificates, lists of statuses."""
