"""An article as schema.org has it, for the page that shows it. https://schema.org/NewsArticle"""
