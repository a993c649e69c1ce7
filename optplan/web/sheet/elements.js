// Elements of the browser's page, made and brought into sight.

function element(name, look = "") {
  const made = document.createElement(name);
  if (look) made.className = look;
  return made;
}

function reveal(scroll, cell, frozen) {
  const head = 36;
  if (cell.offsetTop - head < scroll.scrollTop) scroll.scrollTop = cell.offsetTop - head;
  else if (cell.offsetTop + cell.offsetHeight > scroll.scrollTop + scroll.clientHeight)
    scroll.scrollTop = cell.offsetTop + cell.offsetHeight - scroll.clientHeight;
  if (cell.classList.contains("frozen")) return;
  if (cell.offsetLeft - frozen < scroll.scrollLeft) scroll.scrollLeft = cell.offsetLeft - frozen;
  else if (cell.offsetLeft + cell.offsetWidth > scroll.scrollLeft + scroll.clientWidth)
    scroll.scrollLeft = cell.offsetLeft + cell.offsetWidth - scroll.clientWidth;
}
