search = Search this table
cell = Entry
lost = What was pasted reaches beyond what can be filled in; %1 values were not put in: %2
found = %1 of %2 rows found
no-place = { $number } entries were made in rows that are no longer in the table, and were not used: { $texts }
filter = Filter by %1
all = (all)
