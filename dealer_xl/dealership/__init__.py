"""The business: tables, rules, figures, tasks and letters of the after-sales desk; knows no Excel."""
