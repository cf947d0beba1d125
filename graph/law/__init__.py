"""The law as dated data: instruments, measures, lists and liability rules."""
