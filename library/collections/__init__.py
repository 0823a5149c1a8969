"""Collections (资源集): resources that somebody put together, and searches that are kept."""
