"""What each page shows: one file a page, one frozen type for its answer, one function that finds it in the ledger."""
