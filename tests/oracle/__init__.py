"""A second reading of the business rules, from their text alone: plain, slow, and nothing of dealer_xl in it."""
