"""What an administrator does about people: find, suspend, give a new password."""
