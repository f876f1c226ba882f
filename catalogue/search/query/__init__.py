"""What the words of a search mean: their facts, their synonyms and spellings, the typos in them."""
