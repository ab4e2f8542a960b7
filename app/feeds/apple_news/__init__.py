"""An article in Apple News Format. https://developer.apple.com/documentation/applenewsformat"""
