"""What an assistant (a language model) may ask of the catalogue, over the Model Context Protocol."""
