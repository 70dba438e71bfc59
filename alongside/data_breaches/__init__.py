"""The register of data breaches: what happened, who was told by when, and what was learned."""
