"""Draws the pictures and the film of the demo: `python -m scripts.demo_media` writes them anew.

What it draws is in `harbour`, `shore`, `town` and `people`; it needs the dependency group `media`.
"""
