"""What a sheet of a shop's own holds: its table and the meaning of its headings, by the words and values in it."""
