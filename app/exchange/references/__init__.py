"""Reference lists that others kept, read: CSL-JSON, BibTeX and BibLaTeX, RIS.

Each format is read into items of CSL-JSON, and these into works as the desk takes them. Nothing is
lost without a word: of each entry it is told what was read, what was kept aside and what was
refused. What is in a file is never trusted, neither to be well formed nor to be small.
"""
