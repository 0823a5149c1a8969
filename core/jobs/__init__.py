"""Work done beside the request: row first, queue second, sweeper third."""
