moves = { $county }: { $quantity } { $subject } moved from { $year } to { $to_year }
goes = { $year }: { $quantity } { $subject } moved from { $county } to { $to_county }
added = { $county }: { $quantity } more { $subject } in { $year }
dropped = { $county }: { $quantity } fewer { $subject } in { $year }
start-moves = { $county }: the start of { $subject } moved from { $year } to { $to_year }
start-added = { $county }: { $subject } starts in { $year } (was not planned)
start-dropped = { $county }: { $subject } no longer starts in { $year }
people = people
