"""The office: workbooks, Word files and folders; knows no business."""
