"""The shapes on the wire: answers are frozen dataclasses, requests pydantic models.

Answers have no defaults, so every field is always there. They are built as they are
sent (orjson writes dataclasses as they stand); the tests validate each answer against
its own declaration.
"""
