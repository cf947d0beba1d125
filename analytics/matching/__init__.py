"""Finding subjects by how their names are written, and saying why one was found."""
