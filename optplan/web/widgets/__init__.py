"""Parts of pages that more than one page shows: grids, the map, where a figure is from, files to take away."""
