"""The one ledger of answers, wherever a question was asked."""
