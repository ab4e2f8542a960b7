"""Looking whether what is streamed can be played: HLS playlists of assets and of live channels.

Nothing is transcoded or kept of it; what a playlist tells is filled in where the desk left it open.
"""
