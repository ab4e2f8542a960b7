"""Captions and other timed text: read from strangers' files, and written anew.

Nothing of a file that was sent is passed on as it is: it is read into cues, and those are written.
"""
