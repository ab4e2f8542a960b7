"""Crawlers that collect what machines are trained with, by the names that they obey.

Each is documented by who runs it, or was seen by many sites. Not in the list: those that fetch what
a reader asks for, or for a search engine that leads to the page.
"""

TRAINING = (
    "AI2Bot",
    "Ai2Bot-Dolma",
    "Amazonbot",
    "anthropic-ai",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-training-data-crawler",
    "Diffbot",
    "FacebookBot",
    "Google-Extended",
    "GPTBot",
    "ICC-Crawler",
    "ImagesiftBot",
    "img2dataset",
    "meta-externalagent",
    "omgili",
    "PanguBot",
    "Timpibot",
    "VelenPublicWebCrawler",
    "webzio-extended",
)
