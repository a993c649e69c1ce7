// Blocks of cells as spreadsheets put them on the clipboard: cells between tabs, those with line ends inside in quotes.

function parsed(text) {
  const rows = [[]];
  const cell = /("((?:[^"]|"")*)"|[^\t\r\n]*)(\t|\r\n|\n|\r|$)/y;
  for (;;) {
    const found = cell.exec(text);
    if (!found) break;
    rows.at(-1).push((found[2] === undefined ? found[1] : found[2].replaceAll('""', '"')).replace(/\s+/g, " ").trim());
    if (found[3] === "" || cell.lastIndex >= text.length) break;
    if (found[3] !== "\t") rows.push([]);
  }
  return rows;
}
