"""What an article cites, written in the formats of the world. All of it is pure.

`csl` makes the CSL-JSON item of a work; it is all that is public of a work's fields. From there on
only public citations are known: `entries` makes the list of an article, each work once, and the
other modules write it down.
"""
