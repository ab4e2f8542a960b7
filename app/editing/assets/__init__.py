"""Media items: pictures, video, sound, documents; files of ours, or media that others keep."""
