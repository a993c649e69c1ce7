// A table whose figures can be asked about: each of them is a button, and the server is told which was pressed last.

export default function ({ data, parentElement, setStateValue }) {
  const host = parentElement.querySelector(".host");
  if (host.optplanTable !== data.table) {
    host.optplanTable = data.table;
    host.innerHTML = data.table;
  }
  host.onclick = (event) => {
    const pressed = event.target.closest("[data-at]");
    if (!pressed) return;
    mark(host, pressed.dataset.at);
    setStateValue("at", pressed.dataset.at);
  };
  mark(host, data.at);
}

function mark(host, at) {
  for (const each of host.querySelectorAll("[data-at]")) each.setAttribute("aria-pressed", String(each.dataset.at === at));
}
