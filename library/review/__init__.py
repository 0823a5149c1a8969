"""Review: how a resource climbs from draft to school, district and city, and why it is taken away."""
