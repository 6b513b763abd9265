"""Mentions: actors, dates, numbers and the words that name deeds, found in a sentence, and what the pointing words point at."""
