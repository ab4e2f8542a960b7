"""Whether what articles cite can still be read where it was.

Only works that readers see are looked at, unless an editor asks for one; internal ones never.
"""
