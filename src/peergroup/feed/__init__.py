"""The feed: every recorded fact a reader may know, as pages and as a live stream."""
