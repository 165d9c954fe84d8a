// A wide picture that scrolls sideways below fixed labels. Its parts tell details when the pointer
// is over them, and lead to a step when clicked.

function makeStrip(holder, label) {
  const labels = html("div", { class: "labels", "aria-hidden": "true" });
  const inner = html("div", { class: "inner" });
  const scroller = html("div", { class: "scroller", tabindex: 0, role: "group",
    "aria-label": label }, inner);
  holder.replaceChildren(labels, scroller);
  return { labels, inner, scroller };
}

// One of the labels beside a strip.
function label(name, top, height, ...children) {
  return html("div", { class: name, style: `top:${top}px;height:${height}px` }, ...children);
}

// Scrolls so that [left, right) is in view, and no more than needed.
function reveal(scroller, left, right) {
  const margin = Math.min(80, scroller.clientWidth / 6);
  const from = scroller.scrollLeft, to = from + scroller.clientWidth;
  if (left - margin < from) scroller.scrollLeft = Math.max(0, left - margin);
  else if (right + margin > to) scroller.scrollLeft = right + margin - scroller.clientWidth;
}

const kTipGap = 14;

function hideTip() {
  show(byId("tip"), false);
}

function showTip(text, x, y) {
  const tip = byId("tip");
  say(tip, text);
  show(tip, true);
  const width = tip.offsetWidth, height = tip.offsetHeight;
  const left = Math.max(4, Math.min(x + kTipGap, innerWidth - width - 4));
  const below = y + kTipGap + height < innerHeight;
  tip.style.left = left + "px";
  tip.style.top = (below ? y + kTipGap : Math.max(4, y - kTipGap - height)) + "px";
}

// `describe(element, event)` gives {text, step} of what is there, or nothing.
function listen(scroller, describe, go) {
  scroller.addEventListener("pointermove", (event) => {
    const found = describe(event.target, event);
    if (found) showTip(found.text, event.clientX, event.clientY);
    else hideTip();
  });
  scroller.addEventListener("pointerleave", hideTip);
  scroller.addEventListener("click", (event) => {
    const found = describe(event.target, event);
    if (!found) return;
    if (found.step) go(found.step);
    showTip(found.text, event.clientX, event.clientY);
  });
}
