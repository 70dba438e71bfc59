"""The rules of the house as tests: what no single room can promise for all of them."""
