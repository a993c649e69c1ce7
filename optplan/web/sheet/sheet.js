// A sheet to type into. What is typed is shown at once, kept until the server says that it has it, and sent again until then:
// neither a run of the page, nor a table put in its place, nor a reload loses it (edits.js).
//
// One input lies over the chosen cell and always has the keyboard, so that the first key, and a word in the making of an input
// method, are typed into it rather than into something that is still being made.

const sheets = (window.optplanSheets ??= new Map());

export default function ({ data, parentElement, setStateValue }) {
  let sheet = sheets.get(data.name);
  if (!sheet) sheets.set(data.name, (sheet = new Sheet(data.name)));
  sheet.show(parentElement.querySelector(".host"), data, setStateValue);
}

class Sheet {
  constructor(name) {
    this.name = name;
    this.edits = new Edits(name);
    this.at = [0, 0]; // the chosen cell, among rows that are shown and columns
    this.from = null; // the other corner of what is chosen
    this.typing = null; // {row, column, text} of a cell that is being typed into
    this.filters = new Filters();
    this.said = "";
    this.left = this.edits.unsent.length > 0; // by a page that was reloaded before the server had them
    window.addEventListener("pagehide", () => this.commit());
  }

  // -- drawing ---------------------------------------------------------------------------------------------------------------

  show(root, data, setState) {
    const before = this.data;
    Object.assign(this, { data, setState });
    this.edits.taken(data.ack);
    if (this.root !== root || root.optplanSheet !== this || !root.querySelector(".sheet")) {
      this.build(root);
      this.left = true; // what was sent from elsewhere may not have arrived
    }
    const shape = JSON.stringify([data.columns, data.rows.map((row) => row.id), data.turn]);
    if (this.shape !== shape) {
      this.shape = shape;
      this.lay();
    }
    this.fill();
    if (data.focus && data.focus !== before?.focus) this.goTo(data.focus);
    if (this.left) {
      this.left = false;
      this.edits.turnTo(data.turn);
      if (this.edits.unsent.length) this.send();
    }
  }

  build(root) {
    const held = this.typing && this.keys ? this.keys.value : null;
    this.root = root;
    root.optplanSheet = this;
    root.replaceChildren();
    const sheet = element("div", "sheet");
    const bar = element("div", "bar");
    this.search = element("input", "search");
    Object.assign(this.search, { type: "search", value: this.filters.query, placeholder: this.data.words.search });
    this.search.setAttribute("aria-label", this.data.words.search);
    this.search.addEventListener("input", () => {
      this.filters.query = this.search.value.trim().toLowerCase();
      this.narrowed();
    });
    this.status = element("div", "said");
    this.status.setAttribute("role", "status");
    bar.append(this.search, this.status);
    this.scroll = element("div", "scroll");
    this.table = element("table");
    this.table.setAttribute("role", "grid");
    this.table.setAttribute("aria-label", this.data.label);
    this.keys = element("input", "keys");
    this.keys.setAttribute("aria-label", this.data.words.cell);
    this.options = element("datalist");
    this.options.id = "options-" + Math.random().toString(36).slice(2);
    this.scroll.append(this.table, this.keys, this.options);
    sheet.append(...(this.data.rows.length > this.data.few ? [bar] : [this.status]), this.scroll);
    root.append(sheet);
    this.scroll.style.maxHeight = this.data.height + "px";
    this.shape = "";
    this.table.addEventListener("mousedown", (event) => this.pressed(event));
    this.table.addEventListener("dblclick", (event) => this.pick(event) && this.begin(true));
    this.keys.addEventListener("keydown", (event) => this.key(event));
    this.keys.addEventListener("input", () => this.typed());
    this.keys.addEventListener("compositionstart", () => this.typed());
    this.keys.addEventListener("blur", () => this.commit());
    this.keys.addEventListener("paste", (event) => this.pasted(event));
    this.keys.addEventListener("copy", (event) => this.copied(event));
    if (held !== null) this.resume = held;
  }

  lay() {
    const { columns, rows } = this.data;
    this.rows = this.filters.keep(this.data);
    const top = element("thead"), body = element("tbody");
    top.append(this.filters.heads(this.data, () => this.narrowed()));
    this.cells = this.rows.map((row) => {
      const line = element("tr");
      line.dataset.row = row.id;
      let left = 0;
      const cells = columns.map((column) => {
        const cell = element(column.frozen ? "th" : "td");
        if (column.frozen) {
          cell.scope = "row";
          cell.style.left = left + "px";
          cell.style.maxWidth = column.width + "px";
          left += column.width;
        }
        cell.dataset.column = column.name;
        line.append(cell);
        return cell;
      });
      body.append(line);
      return cells;
    });
    this.table.setAttribute("aria-rowcount", rows.length + 1);
    this.table.replaceChildren(top, body);
    this.at = [clamp(this.at[0], this.rows.length), clamp(this.at[1], columns.length)];
  }

  // Other rows are in sight now.
  narrowed() {
    this.commit();
    this.shape = "";
    this.show(this.root, this.data, this.setState);
  }

  fill() {
    const unsent = new Map(this.edits.unsent.map((edit) => [edit[2] + "\u0000" + edit[3], edit[4]]));
    this.rows.forEach((row, r) => {
      const now = this.data.rows.find((each) => each.id === row.id) ?? row;
      this.rows[r] = now;
      this.data.columns.forEach((column, c) => {
        const cell = this.cells[r][c];
        const mine = unsent.get(now.id + "\u0000" + column.name);
        const text = mine ?? now.cells[c];
        const shown = column.kind === "flag" ? (text === "1" ? "☑" : "☐") : text || (column.fixed ? "" : "–");
        if (cell.textContent !== shown) cell.textContent = shown;
        const look = [column.fixed ? "fixed" : "", column.frozen ? "frozen" : "", column.number ? "number" : "", text ? "" : "blank",
          now.looks[column.name] ?? "", now.gone ? "gone" : "", mine === undefined ? "" : "unsent"].filter(Boolean).join(" ");
        if (cell.className !== look) cell.className = look;
        const note = now.notes[column.name] ?? (text.length > 24 ? text : "");
        if (cell.title !== note) cell.title = note;
      });
    });
    this.status.textContent = [
      this.said,
      this.filters.narrow ? this.data.words.found.replace("%1", this.rows.length).replace("%2", this.data.rows.length) : "",
    ].filter(Boolean).join("　");
    this.status.classList.toggle("lost", Boolean(this.said));
    this.mark();
    if (this.resume !== undefined) {
      const held = this.resume;
      delete this.resume;
      this.keys.value = held;
      this.keys.classList.add("open");
      this.keys.focus();
    }
  }

  mark() {
    this.table.querySelectorAll(".chosen").forEach((cell) => cell.classList.remove("chosen"));
    const cell = this.cells[this.at[0]]?.[this.at[1]];
    if (!cell) {
      this.keys.hidden = true;
      return;
    }
    this.keys.hidden = false;
    for (const [r, c] of this.chosen()) this.cells[r]?.[c]?.classList.add("chosen");
    Object.assign(this.keys.style, {
      left: cell.offsetLeft + "px", top: cell.offsetTop + "px", width: cell.offsetWidth + "px",
      height: cell.offsetHeight + "px", textAlign: this.data.columns[this.at[1]].number ? "right" : "left",
    });
  }

  // -- choosing --------------------------------------------------------------------------------------------------------------

  chosen() {
    const [r1, c1] = this.at, [r2, c2] = this.from ?? this.at, found = [];
    for (let r = Math.min(r1, r2); r <= Math.max(r1, r2); r++)
      for (let c = Math.min(c1, c2); c <= Math.max(c1, c2); c++) found.push([r, c]);
    return found;
  }

  where(target) {
    const cell = target.closest("td, tbody th");
    if (!cell) return null;
    const r = this.cells.findIndex((line) => line.includes(cell));
    return r < 0 ? null : [r, this.cells[r].indexOf(cell)];
  }

  pick(event) {
    const at = this.where(event.target);
    if (!at) return false;
    this.move(at[0], at[1], event.shiftKey);
    return true;
  }

  pressed(event) {
    if (event.target.closest("select")) return;
    event.preventDefault();
    this.commit();
    if (!this.pick(event)) return;
    if (this.data.columns[this.at[1]].kind === "flag" && !event.shiftKey) this.toggle();
    const drag = (other) => {
      const at = other.target.closest && this.where(other.target);
      if (at && (at[0] !== this.at[0] || at[1] !== this.at[1])) {
        this.from = this.from ?? this.at;
        this.at = at;
        this.mark();
      }
    };
    this.table.addEventListener("mousemove", drag);
    window.addEventListener("mouseup", () => this.table.removeEventListener("mousemove", drag), { once: true });
  }

  move(r, c, extend = false) {
    this.from = extend ? this.from ?? this.at : null;
    this.at = [clamp(r, this.rows.length), clamp(c, this.data.columns.length)];
    this.mark();
    this.keys.value = "";
    this.keys.focus({ preventScroll: true });
    const cell = this.cells[this.at[0]]?.[this.at[1]];
    if (cell) reveal(this.scroll, cell, this.data.columns.filter((each) => each.frozen).reduce((sum, each) => sum + each.width, 0));
  }

  goTo(id) {
    if (!this.rows.some((row) => row.id === id) && this.filters.narrow) {
      this.filters.clear();
      this.search.value = "";
      this.narrowed();
    }
    const r = this.rows.findIndex((row) => row.id === id);
    if (r < 0) return;
    const open = this.data.columns.findIndex((column, c) => !column.fixed && column.kind !== "flag" && !this.rows[r].cells[c]);
    this.move(r, open < 0 ? 0 : open);
    this.cells[r][0].scrollIntoView({ block: "nearest" });
  }

  // -- typing ----------------------------------------------------------------------------------------------------------------

  shown(r, c) {
    const row = this.rows[r], column = this.data.columns[c];
    return this.edits.textOf(row.id, column.name) ?? row.cells[c];
  }

  // Whether a cell surely holds this text.
  holds(r, c, text) {
    return text === this.shown(r, c) && !this.edits.stepping();
  }

  begin(full) {
    const [r, c] = this.at, column = this.data.columns[c];
    if (!this.rows[r] || column.fixed || column.kind === "flag" || this.typing) return;
    const text = this.shown(r, c);
    this.typing = { row: this.rows[r].id, column: column.name, text, full, touched: false };
    this.keys.placeholder = "";
    if (column.options) {
      this.options.replaceChildren(...column.options.map((each) => Object.assign(element("option"), { value: each })));
      this.keys.setAttribute("list", this.options.id);
      if (full) this.keys.placeholder = text;
    } else if (full) {
      this.keys.value = text;
      this.keys.select();
    }
    this.keys.classList.add("open");
    this.keys.focus();
  }

  typed() {
    if (!this.typing) this.begin(false);
    if (this.typing) this.typing.touched = true;
    else this.keys.value = "";
  }

  commit() {
    if (!this.typing) return;
    const { row, column, text, touched } = this.typing, now = this.keys.value.trim();
    this.close();
    if (touched && (now !== text || this.edits.stepping())) this.put([[row, column, now]]);
  }

  close() {
    this.typing = null;
    this.keys.value = "";
    this.keys.placeholder = "";
    this.keys.removeAttribute("list");
    this.keys.classList.remove("open");
  }

  toggle() {
    const [r, c] = this.at;
    this.put([[this.rows[r].id, this.data.columns[c].name, this.shown(r, c) === "1" ? "" : "1"]]);
  }

  clear() {
    const edits = [];
    for (const [r, c] of this.chosen()) {
      const column = this.data.columns[c];
      if (!column.fixed && column.kind !== "flag" && !this.holds(r, c, "")) edits.push([this.rows[r].id, column.name, ""]);
    }
    this.put(edits);
  }

  put(edits) {
    if (!edits.length) return;
    this.said = "";
    this.edits.add(this.data.turn, edits);
    this.fill();
    this.send();
  }

  send() {
    this.setState("edits", { name: this.name, edits: this.edits.unsent });
  }

  // -- the keyboard and the clipboard ------------------------------------------------------------------------------------------

  key(event) {
    if (event.isComposing) return;
    const [r, c] = this.at, command = event.ctrlKey || event.metaKey;
    const go = (down, right, extend = event.shiftKey) => {
      event.preventDefault();
      this.commit();
      this.move(this.at[0] + down, this.at[1] + right, extend);
    };
    if (this.typing) {
      if (event.key === "Enter") return go(event.shiftKey ? -1 : 1, 0, false);
      if (event.key === "Tab") return go(0, event.shiftKey ? -1 : 1, false);
      if (event.key === "Escape") return event.preventDefault(), this.close();
      const arrows = !this.typing.full && !this.keys.hasAttribute("list");
      if (arrows && event.key === "ArrowDown") return go(1, 0, false);
      if (arrows && event.key === "ArrowUp") return go(-1, 0, false);
      return;
    }
    const page = Math.max(1, Math.floor(this.scroll.clientHeight / 34) - 1);
    const steps = {
      ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageDown: [page, 0], PageUp: [-page, 0],
      Home: [command ? -r : 0, -c], End: [command ? this.rows.length - 1 - r : 0, this.data.columns.length - 1 - c],
    };
    if (steps[event.key]) return go(...steps[event.key]);
    if (event.key === "Tab") {
      const next = c + (event.shiftKey ? -1 : 1);
      if (next >= 0 && next < this.data.columns.length) go(0, event.shiftKey ? -1 : 1, false);
      return;
    }
    if (event.key === "Enter" || event.key === "F2") return event.preventDefault(), this.begin(true);
    if (event.key === "Delete" || event.key === "Backspace") return event.preventDefault(), this.clear();
    if (event.key === "Escape") return this.keys.blur();
    if (event.key === " " && this.data.columns[c]?.kind === "flag") return event.preventDefault(), this.toggle();
    if (command && ["z", "y"].includes(event.key.toLowerCase())) {
      event.preventDefault();
      this.put([[STEP, event.key.toLowerCase() === "y" || event.shiftKey ? "redo" : "undo", ""]]);
    }
    if (command && event.key.toLowerCase() === "a") {
      event.preventDefault();
      this.from = [0, 0];
      this.at = [this.rows.length - 1, this.data.columns.length - 1];
      this.mark();
    }
  }

  copied(event) {
    if (this.typing) return;
    event.preventDefault();
    const lines = new Map();
    for (const [r, c] of this.chosen()) lines.set(r, [...(lines.get(r) ?? []), this.shown(r, c)]);
    event.clipboardData.setData("text/plain", [...lines.values()].map((cells) => cells.join("\t")).join("\n"));
  }

  pasted(event) {
    const block = parsed(event.clipboardData.getData("text/plain"));
    if (this.typing && block.length === 1 && block[0].length === 1) return;
    event.preventDefault();
    this.commit();
    const chosen = this.chosen(), [top, left] = chosen[0], edits = [], lost = [];
    const cells = block.length === 1 && block[0].length === 1
      ? chosen.map(([r, c]) => [r, c, block[0][0]])
      : block.flatMap((line, r) => line.map((text, c) => [top + r, left + c, text]));
    for (const [r, c, text] of cells) {
      const column = this.data.columns[c];
      if (!column || !this.rows[r] || (column.fixed && text !== this.shown(r, c))) {
        if (text) lost.push(text);
      } else if (!column.fixed && !this.holds(r, c, text)) edits.push([this.rows[r].id, column.name, text]);
    }
    this.put(edits);
    if (lost.length) {
      this.said = this.data.words.lost.replace("%1", lost.length).replace("%2", lost.slice(0, 6).join(this.data.words.comma));
      this.fill();
    }
  }
}

function clamp(at, number) {
  return Math.max(0, Math.min(at, number - 1));
}
