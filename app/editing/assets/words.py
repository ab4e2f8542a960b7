"""The words with which assets are told."""

KINDS = ("image", "video", "audio", "document")
AVAILABILITIES = ("later", "now", "over")
STATES = ("waiting", "ready", "failed")
SOURCE_TYPES = (
    "digitalCapture", "computationalCapture", "negativeFilm", "positiveFilm", "print",
    "humanEdits", "compositeWithTrainedAlgorithmicMedia", "algorithmicallyEnhanced",
    "dataDrivenMedia", "digitalCreation", "virtualRecording", "composite", "compositeCapture",
    "compositeSynthetic", "trainedAlgorithmicMedia", "algorithmicMedia", "screenCapture",
)  # fmt: skip
"""Of IPTC's Digital Source Type NewsCodes, without the address in front."""
SOURCE_TYPE_BASE = "http://cv.iptc.org/newscodes/digitalsourcetype/"
CAPTION_KINDS = ("captions", "subtitles", "descriptions")
QUALITIES = ("SD", "HD", "FHD", "UHD")
DRM_SYSTEMS = ("widevine", "playready", "fairplay", "clearkey")
