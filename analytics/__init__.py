"""What follows: pure functions of a snapshot."""
