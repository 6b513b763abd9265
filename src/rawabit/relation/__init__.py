"""Relations: how states stand to each other over time, by the ledger's records. Reads the ledger, writes nothing."""
