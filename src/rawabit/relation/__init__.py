"""What the ledger's records say of relations: how states stand to each other over time. Reads the ledger, writes nothing."""
