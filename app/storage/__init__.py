"""Bytes of files: pictures, video and what is made of them, on a disk or in a bucket.

`opening` turns one URL into a Storage; `putting`, `reading` and `probing` work with any; `uploads`
keeps what is not whole yet. What an object is, whose, and how its file was called is told
elsewhere: here it has a key, and its bytes never change.
"""
