"""Which files there are, what is told of them, and the process apart that reads them."""
