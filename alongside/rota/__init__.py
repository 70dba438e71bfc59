"""The rota: who works which shift, what is short, swaps, hours, and the plan for when it fails."""
