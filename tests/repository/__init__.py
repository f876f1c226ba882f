"""The files of the repository beside the package: documents, forge, containers, requirements."""
