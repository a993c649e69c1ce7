# Changes in words
in-year = { $year }
retires-after = retired after { $year }
blank = blank
whole-city = the whole city
comma = ,{" "}
semicolon = ;{" "}
and-more = { $some } and others, { $number } in all
every-row = every row of { $table }
lever-pool = { $fund }
lever-own = own funds
lever-prices = prices of equipment and works
lever-recruits = recruits of each year at most
scaled = { $what } ×{ $factor }
set = { $rows }: { $cells }
becomes = { $column } becomes { $now }
becomes-from = { $column } from { $was } to { $now }
added = { $table }, added: { $rows }
removed = { $table }, removed: { $rows }
scenario-remark = Written by the inputs page; the changes are made in their order.
# Uploads
upload-too-large = The file is larger than { $limit } MB and was not read; split or compress it.
upload-kind = “{ $name }” cannot be uploaded here: send an input workbook (.xlsx), or the CSV files of a plan in one .zip.
upload-zip-damaged = The archive is damaged and cannot be read; pack it again.
upload-zip-bomb = The archive holds too many files or unpacks to too much; it was not opened.
upload-zip-empty = The archive holds no CSV files; put plan.csv, budgets.csv and the others straight into it.
upload-not-toml = “{ $name }” is no scenario file; send one that ends in .toml.
upload-parent = This scenario builds on “{ $parent }”, which cannot be read when it is uploaded alone; write the parent's changes into this file.
