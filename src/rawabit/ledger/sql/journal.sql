-- What the ledger keeps about itself, up to the moment of recording asked.
CREATE OR REPLACE TEMP VIEW reviews AS SELECT * FROM raw_reviews WHERE recorded_at <= $recorded;
CREATE OR REPLACE TEMP VIEW issues AS SELECT * FROM raw_issues WHERE recorded_at <= $recorded;
CREATE OR REPLACE TEMP VIEW runs AS SELECT * FROM raw_runs WHERE recorded_at <= $recorded;
