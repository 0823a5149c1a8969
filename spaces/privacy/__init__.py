"""Consent and personalisation, in the hands of guardian and pupil."""
