"""What answering and ingesting cost: measured at several sizes, beside plain LlamaIndex, written as one report."""
