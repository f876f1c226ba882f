"""What can be taken away: data, citations, feeds, documents, a static site."""
