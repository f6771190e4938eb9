"""One small file for each benchmark: what is asked, and of which data.

A case is a module with `NAME`, `WRITES`, `requests(filled)` (an endless iterator of ready HTTP requests, the same
for ours and for the naive twin), `same(ours, naive)` (whether two answers say the same), and, where the data of
`benchmarks.filling` is not enough, `fill(bulk, filled)`.
"""
