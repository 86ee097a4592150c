"""Letters and reports: Word templates rendered, joined for printing, and turned into PDF."""
