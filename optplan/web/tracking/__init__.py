"""What happened: entering it, forms for counties, confirming quarters, closing the year."""
