"""Taking on the workbooks that a shop already has: what each sheet may be, what is asked, what the lack of a column costs."""
