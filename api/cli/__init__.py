"""The command line: `creditgraph`. Exit codes stand in EXIT_CODES and in the docs."""

from api.cli.application import app, main

__all__ = ["app", "main"]
