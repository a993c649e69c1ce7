// Which rows of a sheet are in sight: those with the word that is searched for and, in each column that is narrowed down, with
// the text that was chosen. A list of what may be chosen opens at the head of each column in which texts come more than once.

const MOST_CHOICES = 200;

class Filters {
  constructor() {
    this.query = "";
    this.chosen = new Map(); // the text of a column, by its name
  }

  get narrow() {
    return Boolean(this.query) || this.chosen.size > 0;
  }

  clear() {
    this.query = "";
    this.chosen.clear();
  }

  keep({ columns, rows }) {
    const at = new Map(columns.map((column, c) => [column.name, c]));
    const chosen = [...this.chosen].filter(([name]) => at.has(name));
    return rows.filter((row) =>
      (!this.query || row.cells.some((cell) => cell.toLowerCase().includes(this.query)))
      && chosen.every(([name, text]) => row.cells[at.get(name)] === text));
  }

  // The heads of a table's columns; `again` shows it anew.
  heads(data, again) {
    const line = element("tr");
    let frozen = 0;
    data.columns.forEach((column, c) => {
      const cell = element("th", column.frozen ? "frozen" : "");
      cell.scope = "col";
      cell.append(column.label);
      if (column.help) cell.title = column.help;
      cell.style.minWidth = column.width + "px";
      if (column.frozen) {
        cell.style.left = frozen + "px";
        cell.style.maxWidth = column.width + "px";
        frozen += column.width;
      }
      const texts = new Set(data.rows.map((row) => row.cells[c]));
      const worth = data.rows.length > data.few && column.kind !== "flag" && texts.size > 1 && texts.size < data.rows.length;
      if (worth || this.chosen.has(column.name)) cell.append(this.list(column, [...texts], data, again));
      line.append(cell);
    });
    return line;
  }

  list(column, texts, data, again) {
    const list = element("select", this.chosen.has(column.name) ? "filter on" : "filter");
    list.setAttribute("aria-label", data.words.filter.replace("%1", column.label));
    const choice = (value, text) => Object.assign(element("option"), { value, textContent: text });
    const fill = () => {
      if (list.options.length) return;
      const sorted = texts.sort((a, b) => a.localeCompare(b, undefined, { numeric: true })).slice(0, MOST_CHOICES);
      list.replaceChildren(choice("*", data.words.all), ...sorted.map((text) => choice("=" + text, text || "–")));
      list.value = this.chosen.has(column.name) ? "=" + this.chosen.get(column.name) : "*";
    };
    list.addEventListener("pointerdown", fill);
    list.addEventListener("focus", fill);
    list.addEventListener("change", () => {
      if (list.value === "*") this.chosen.delete(column.name);
      else this.chosen.set(column.name, list.value.slice(1));
      again();
    });
    return list;
  }
}
