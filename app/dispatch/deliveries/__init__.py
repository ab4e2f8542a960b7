"""Deliveries: feeds that are pushed to partners, and the receipts of each push."""
