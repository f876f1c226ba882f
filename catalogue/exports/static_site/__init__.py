"""What the scripts of the site without a server need, made from a build: filters, words, facts, points, cases."""
