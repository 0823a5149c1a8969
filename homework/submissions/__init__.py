"""Handing in: drafts, photos, receipts."""
