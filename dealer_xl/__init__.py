"""The add-in behind the Excel workbooks of a 4S dealership's after-sales desk."""

__version__ = "0.1.0"
