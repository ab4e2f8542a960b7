"""The few words that stand between names in the newsroom's own style, in several languages."""
