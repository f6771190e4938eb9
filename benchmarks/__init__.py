"""What a request costs, against a bare server and against the way one writes it on a first day."""
