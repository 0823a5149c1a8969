"""Questions made from a seed: each generator knows one knowledge point and how it is misunderstood."""
