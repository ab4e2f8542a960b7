"""WebSub hubs: what they are told, and what came of it."""
