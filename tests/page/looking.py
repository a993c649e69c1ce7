"""What may be wrong with a screen that a person looks at: letters over letters, too faint ones, things without a name or beyond reach."""

FAINT = 4.5  # contrast that letters need; large ones need LARGE
LARGE = 3.0

# Every piece of text that can be seen in the main part of the page: where it is, its colours, its size.
TEXTS = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  const colour = said => { const n = (said.match(/[\\d.]+/g) || []).map(Number); return n.length ? [n[0], n[1], n[2], n[3] ?? 1] : [0, 0, 0, 0]; };
  const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const behind = (element, [left, top, right, bottom]) => {
    const layers = [], x = (left + right) / 2, y = (top + bottom) / 2;
    for (let at = element; at; at = at.parentElement) {
      const box = at.getBoundingClientRect(); // letters may stand beside what holds them, as those over a slider do
      if (at === main || (box.left <= x && x <= box.right && box.top <= y && y <= box.bottom))
        layers.push(colour(getComputedStyle(at).backgroundColor));
    }
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
  };
  const light = c => {
    const [r, g, b] = c.map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const texts = [], walk = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const holder = node.parentElement, words = node.textContent.trim();
    if (!words || ['STYLE', 'SCRIPT', 'TITLE', 'DESC', 'OPTION'].includes(holder.tagName)) continue;
    const look = getComputedStyle(holder);
    if (look.visibility !== 'visible' || holder.closest('[aria-hidden=true], [inert]')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const places = [];
    for (const box of range.getClientRects()) {
      let [left, top, right, bottom] = [box.left, box.top, box.right, box.bottom];
      for (let at = holder; at && at !== main; at = at.parentElement) {
        const style = getComputedStyle(at), inside = at.getBoundingClientRect();
        if (style.overflowX !== 'visible') { left = Math.max(left, inside.left); right = Math.min(right, inside.right); }
        if (style.overflowY !== 'visible') { top = Math.max(top, inside.top); bottom = Math.min(bottom, inside.bottom); }
      }
      if (right - left > 2 && bottom - top > 4) places.push([left, top, right, bottom]);
    }
    if (!places.length) continue;
    let alpha = 1;
    for (let at = holder; at; at = at.parentElement) alpha *= +getComputedStyle(at).opacity;
    if (alpha < 0.05) continue;
    const ground = behind(holder, places[0]);
    const own = colour(look.color), ink = over([own[0], own[1], own[2], own[3] * alpha], ground);
    const [a, b] = [light(ink), light(ground)];
    const size = parseFloat(look.fontSize), bold = +look.fontWeight >= 600;
    texts.push({
      words: words.slice(0, 60), places, icon: !!holder.closest('[data-testid=stIconMaterial]'),
      off: !!holder.closest('[disabled], [aria-disabled=true]'), drawn: !!holder.closest('svg'),
      stuck: ['sticky', 'fixed'].includes(look.position) || !!holder.closest('thead'),
      contrast: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), large: size >= 24 || (bold && size >= 18.6),
    });
  }
  return texts;
}"""

SIDEWAYS = """() => [document.scrollingElement, document.querySelector('[data-testid=stMain]')]
  .filter(element => element.scrollWidth > element.clientWidth + 1)
  .map(element => `${element.tagName} ${element.scrollWidth} > ${element.clientWidth}`)"""

# Boxes to choose from and steppers have buttons for the mouse alone: their fields are reached, and take the arrow keys.
UNREACHED = """() => [...document.querySelectorAll('[data-testid=stMain] :is(button, a[href], input, select, textarea, summary, [role=slider], [role=combobox])')]
  .filter(element => element.getClientRects().length && !element.disabled && element.tabIndex < 0
    && !element.closest('[aria-hidden=true], [role=radiogroup], [data-testid=stSelectbox], [data-testid=stMultiSelect], [data-testid=stNumberInput], [data-testid=stFileUploader]'))
  .map(element => `${element.tagName} ${element.getAttribute('aria-label') || element.textContent.trim().slice(0, 40)}`)"""

NAMED = {"button", "link", "combobox", "textbox", "slider", "spinbutton", "checkbox", "radio", "switch", "tab", "image", "grid"}


def overlapping(texts):
    """Pairs of texts that lie on each other."""
    boxes = sorted(
        ((box, at) for at, text in enumerate(texts) if not text["stuck"] and not text["drawn"] for box in text["places"]),
        key=lambda each: each[0][1],
    )
    found = set()
    for number, ((left, top, right, bottom), one) in enumerate(boxes):
        for (west, north, east, south), other in boxes[number + 1 :]:
            if north >= bottom:
                break
            wide, high = min(right, east) - max(left, west), min(bottom, south) - max(top, north)
            if one != other and wide > 3 and high > 0.45 * min(bottom - top, south - north):
                found.add(f"“{texts[one]['words']}” lies on “{texts[other]['words']}”")
    return sorted(found)


def faint(texts):
    """Letters that are hard to tell from their ground."""
    seen = [text for text in texts if not text["off"] and not text["icon"]]
    return sorted(
        {
            f"“{text['words']}” has a contrast of {text['contrast']:.1f}"
            for text in seen
            if text["contrast"] < (LARGE if text["large"] else FAINT) - 0.05
        }
    )


def unnamed(page):
    """Widgets, pictures and charts that a screen reader could only call by what they are."""
    session = page.context.new_cdp_session(page)
    try:
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    finally:
        session.detach()
    roles = [(node, node.get("role", {}).get("value", "")) for node in nodes if not node.get("ignored")]
    bare = {role for node, role in roles if role in NAMED and not str(node.get("name", {}).get("value", "")).strip()}
    drawn = [node for node, role in roles if role == "graphics-document" or role.startswith("Graphics")]
    nameless = {"chart" for node in drawn if not str(node.get("name", {}).get("value", "")).strip()}
    return sorted(bare | nameless)


def wrong(page):
    """Everything that is wrong with what the page shows now, in words."""
    texts = page.evaluate(TEXTS)
    return [
        *overlapping(texts),
        *faint(texts),
        *(f"marks of Markdown: {text['words']}" for text in texts if "\\" in text["words"]),
        *(f"no name: {role}" for role in unnamed(page)),
        *(f"wider than the window: {each}" for each in page.evaluate(SIDEWAYS)),
        *(f"not reached by Tab: {each}" for each in page.evaluate(UNREACHED)),
    ]
