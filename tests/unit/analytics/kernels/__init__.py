"""The kernels against NetworkX and against what is plain to see."""
