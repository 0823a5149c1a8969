"""Texts that several questions of a set are about (题组): written once, changed for all of them."""
