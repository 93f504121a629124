"""The stored versions: written whole, proved, switched, mended."""
