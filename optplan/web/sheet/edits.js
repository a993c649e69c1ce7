// What is typed into a sheet, until the server says that it has it: kept in the browser, so that a reload does not lose it.

const STORE = "optplan.sheet.";
const STEP = ""; // the row of an edit that is a step back or forward, in its turn among the others

class Edits {
  constructor(name) {
    this.store = STORE + name;
    this.unsent = []; // [number, turn, row, column, text]; cells of one touch share its number
    this.last = 0; // number of the last touch; never smaller than the clock, so that a reload does not count anew
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.store) ?? "[]");
      this.last = Math.max(0, ...kept.map((edit) => edit[0]));
      this.unsent = withoutSteps(kept); // steps back are of the visit that is over
    } catch {
      this.unsent = [];
    }
  }

  // The server has everything up to the touch of this number.
  taken(number) {
    this.unsent = this.unsent.filter((edit) => edit[0] > number);
    this.keep();
  }

  // One touch: cells as [row, column, text].
  add(turn, cells) {
    this.last = Math.max(this.last + 1, Date.now());
    for (const cell of cells) this.unsent.push([this.last, turn, ...cell]);
    this.keep();
  }

  // The sheet was drawn anew: all that is unsent is of what it is now.
  turnTo(turn) {
    this.unsent = this.unsent.map(([number, , ...cell]) => [number, turn, ...cell]);
  }

  // The text that was typed into a cell last, if the server does not have it yet.
  textOf(row, column) {
    return this.unsent.findLast((edit) => edit[2] === row && edit[3] === column)?.[4];
  }

  // Whether a step back or forward is on its way: until it is taken, nobody here knows what a cell holds.
  stepping() {
    return this.unsent.some((edit) => edit[2] === STEP);
  }

  keep() {
    try {
      if (this.unsent.length) sessionStorage.setItem(this.store, JSON.stringify(this.unsent));
      else sessionStorage.removeItem(this.store);
    } catch {
      // a browser without a store of its own; what is typed is still sent
    }
  }
}

// Edits as they are after the steps back and forward among them: a step back takes the touch before it along.
function withoutSteps(edits) {
  const touches = [], undone = [];
  for (const edit of edits) {
    if (edit[2] === STEP) {
      const [from, to] = edit[3] === "undo" ? [touches, undone] : [undone, touches];
      if (from.length) to.push(from.pop());
    } else if (touches.at(-1)?.[0][0] === edit[0]) {
      touches.at(-1).push(edit);
    } else {
      touches.push([edit]);
      undone.length = 0;
    }
  }
  return touches.flat();
}
