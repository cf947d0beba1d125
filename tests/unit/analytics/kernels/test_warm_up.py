from analytics.kernels import linking, paths, warm_up


def test_what_answers_requests_is_compiled_before() -> None:
    warm_up()
    serving = (paths._both_ways, paths._spread, linking._reach, linking._meet)
    assert all(kernel.signatures for kernel in serving)
