axis-share = Share of the target
axis-year = Year
