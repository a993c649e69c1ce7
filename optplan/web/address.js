// The address names the visit while it has a draft, so that a page that is loaded again has the draft again, and the plan that is
// worked on. The server is told of an address only with what is asked next: one that it corrected would be behind what is typed,
// and between a step back and the answer to it would name nothing, or what an earlier visit left. So it is kept right here, in
// every entry as it is reached.

(marks) => {
  const marked = (address) => {
    const to = new URL(address, document.location.href);
    for (const [name, value] of Object.entries(window.optplanMarks)) {
      if (value) to.searchParams.set(name, value);
      else to.searchParams.delete(name);
    }
    return to.href;
  };
  if (window.optplanMarks === undefined) {
    for (const way of ["pushState", "replaceState"]) {
      const own = window.history[way].bind(window.history);
      window.history[way] = (state, title, address) => own(state, title, marked(address ?? document.location.href));
    }
    // before Streamlit looks at the entry
    window.addEventListener("popstate", () => window.history.replaceState(window.history.state, ""), { capture: true });
  }
  window.optplanMarks = marks;
  window.history.replaceState(window.history.state, "");
}
