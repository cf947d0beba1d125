"""Names that are not written as they are registered."""
