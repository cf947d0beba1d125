"""Models learnt from what happened, and an honest account of how well they tell."""
