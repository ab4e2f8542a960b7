"""Calls to servers that are not ours, at addresses that others gave us.

Nothing here trusts the address, the name service or the answer. Who calls says how far it may go.
"""
