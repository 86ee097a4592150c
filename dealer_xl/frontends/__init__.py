"""How staff reach the jobs: command line, ribbon, numbered menu, and `watch`. Each builds a typed request and shows an outcome."""
