"""What anyone may read without signing in: the page of a public resource, and sitemaps that lead there."""
