"""The fictional sample documents and the script that lays them out."""
