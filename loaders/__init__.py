"""Facts come in: file, validated rows, facts."""
