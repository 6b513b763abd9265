"""Text: normalising, words with their clitics, sentences and quotations."""
