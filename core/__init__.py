"""The ground every package stands on; it knows no domain."""
