"""Signing in, the server-side session, and the hat worn in it."""
