"""Why a resource can be trusted, or not: one part of its page, gathered from the rooms that know."""
