"""What is shown: HTTP, command line and the wiring of the parts."""
