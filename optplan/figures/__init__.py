"""What a result says, arranged for reading: plain rows and figures that any page can show, without a page in them.

Quantities are in the units of their items, money in the plan's currency unit; everything is exact.
"""
