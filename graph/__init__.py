"""What is so: facts about market subjects, and the law, as dated data."""
