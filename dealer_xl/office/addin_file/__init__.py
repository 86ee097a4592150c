"""The file of the add-in, macros/dealer_xl.xlam: made of its sources without Excel, always of the same bytes."""
