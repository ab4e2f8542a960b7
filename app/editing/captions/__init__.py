"""Captions, subtitles and descriptions of videos, as the desk keeps them: WebVTT in normal form."""
