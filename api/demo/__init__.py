"""The invented city of examples/city, told as a story."""
