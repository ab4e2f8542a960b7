"""Who acts, and what they may do: keys, roles, scopes, the actor."""
