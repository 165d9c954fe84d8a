// The controls that move through the steps: buttons, slider, arrow keys.

const kIcons = { first: "M4 3v10M13 3l-6 5 6 5z", back: "M10.5 3l-5 5 5 5",
  forward: "M5.5 3l5 5-5 5", last: "M12 3v10M3 3l6 5-6 5z", earlier: "M10.5 3l-5 5 5 5",
  later: "M5.5 3l5 5-5 5" };

function drawTicks(trace) {
  const count = Math.max(1, trace.steps.length - 1);
  const tick = (step, name, text) => html("span", { class: name,
    style: `left:${((step - 1) / count) * 100}%` }, text);
  byId("ticks").replaceChildren(...trace.breaks.slice(0, 200).map((step) => tick(step, "bad", "!")),
    ...(trace.race_pair ?? []).map((step) => tick(step, "pair", "\u00d7")));
}

// The first step behind `step` that breaks something, or the first of all.
function nextBreak(trace, step) {
  return trace.breaks.find((other) => other > step) ?? trace.breaks[0];
}

function stepSummary(trace, number) {
  const step = trace.steps[number - 1], breaks = breaksAt(trace, number);
  return "step " + number + " of " + trace.steps.length + ", " + laneName(trace.lanes[step.lane]) +
    ": " + phrases(trace, step).join("; ") + (breaks ? "; " + breaks : "");
}

function showInPlayer(trace, number) {
  const slider = byId("slider");
  slider.max = trace.steps.length;
  if (Number(slider.value) !== number) slider.value = number;
  slider.style.setProperty("--at", (number - 1) / Math.max(1, trace.steps.length - 1));
  const summary = stepSummary(trace, number);
  put(slider, "aria-valuetext", summary);
  // A slider that has the focus is read out by itself.
  if (document.activeElement !== slider) say(byId("said"), summary);
  say(byId("now"), String(number));
  say(byId("total"), String(trace.steps.length));
  for (const id of ["first", "back"]) put(byId(id), "aria-disabled", number === 1);
  for (const id of ["forward", "last"]) {
    put(byId(id), "aria-disabled", number === trace.steps.length);
  }
}

// Where arrow keys have a meaning of their own.
function keepsKeys(element) {
  return element.closest("input, select, textarea, summary, [contenteditable]") !== null;
}

function keyTarget(trace, event) {
  const inList = event.target.closest("[role=listbox]") !== null;
  const ends = inList ? { Home: 1, End: trace.steps.length, PageUp: trace.now - 10,
    PageDown: trace.now + 10, ArrowUp: trace.now - 1, ArrowDown: trace.now + 1 } : {};
  return { ArrowLeft: trace.now - 1, ArrowRight: trace.now + 1, ...ends }[event.key];
}

// `current()` is the trace shown; `go(step)` shows another step of it.
function makePlayer(current, go) {
  for (const [id, path] of Object.entries(kIcons)) byId(id).append(icon(path));
  byId("first").addEventListener("click", () => go(1));
  byId("back").addEventListener("click", () => go(current().now - 1));
  byId("forward").addEventListener("click", () => go(current().now + 1));
  byId("last").addEventListener("click", () => go(current().steps.length));
  byId("breaks").addEventListener("click", () => go(nextBreak(current(), current().now)));
  byId("slider").addEventListener("input", (event) => go(Number(event.target.value)));
  for (const leaving of ["pointerdown", "wheel"]) {
    document.addEventListener(leaving, hideTip, { passive: true });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return hideTip();
    if (!current()) return; // nothing is shown yet
    if (event.altKey || event.ctrlKey || event.metaKey || keepsKeys(event.target)) return;
    const target = keyTarget(current(), event);
    if (target === undefined) return;
    event.preventDefault();
    hideTip();
    go(target);
  });
}
