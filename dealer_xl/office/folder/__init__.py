"""The folder of a shop: its files, their backups, the journal, and how everything is written at once or not at all."""
