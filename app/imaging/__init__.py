"""Pictures from strangers: what they are, what they say of themselves, and smaller ones of them.

They are decoded in one process of its own, the darkroom, which has nothing to lose: a clean
environment, little memory, little time. Only `media_types` runs where it is called.
"""
