moves = { $county }：{ $subject } { $quantity } 从 { $year } 年移到 { $to_year } 年
goes = { $year } 年：{ $subject } { $quantity } 从{ $county }移到{ $to_county }
added = { $county }：{ $year } 年{ $subject }增加 { $quantity }
dropped = { $county }：{ $year } 年{ $subject }减少 { $quantity }
start-moves = { $county }：{ $subject }开工从 { $year } 年改到 { $to_year } 年
start-added = { $county }：{ $subject }于 { $year } 年开工（原未安排）
start-dropped = { $county }：{ $subject }不再于 { $year } 年开工
people = 人
