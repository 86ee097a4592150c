"""The closed file: read with calamine, written by changing only the parts that hold the changed cells."""
