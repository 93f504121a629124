"""The national picture: tables over all papers, computed from the facts and rows that ingest stored."""
