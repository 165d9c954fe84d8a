// Every step in a line: a list box that holds rows only for what is in view.

const kRow = 32, kSpare = 6;

function stepRow(trace, step, selected) {
  const breaks = breaksAt(trace, step.step);
  return html("div", { class: "row" + (breaks ? " bad" : "") + (selected ? " selected" : ""),
    role: "option", id: "step-" + step.step, "aria-selected": selected, "data-step": step.step,
    "aria-setsize": trace.steps.length, "aria-posinset": step.step,
    style: `top:${(step.step - 1) * kRow}px` },
    html("span", { class: "number" }, String(step.step)),
    badge(trace, step.lane),
    html("span", { class: "mark " + step.kind, "aria-hidden": "true" }),
    html("span", { class: "text" }, phrases(trace, step).join("; ") +
      (breaks ? ". ! " + breaks : "")));
}

// Rows come and go at the ends; those that stay are left alone.
function drawSteps(view) {
  const { box, trace } = view;
  const first = Math.floor(box.scrollTop / kRow) + 1;
  const from = Math.max(1, first - kSpare);
  const to = Math.min(trace.steps.length, first + Math.ceil(box.clientHeight / kRow) + kSpare);
  for (const [number, row] of view.rows) {
    if (number >= from && number <= to) continue;
    row.remove();
    view.rows.delete(number);
  }
  for (let number = from; number <= to; ++number) {
    if (view.rows.has(number)) continue;
    const row = stepRow(trace, trace.steps[number - 1], number === trace.now);
    view.rows.set(number, row);
    view.inner.append(row);
  }
}

function select(view, number, selected) {
  const row = view.rows.get(number);
  if (!row) return;
  row.classList.toggle("selected", selected);
  put(row, "aria-selected", selected);
}

function showInSteps(view, number, before) {
  const { box } = view, top = (number - 2) * kRow, bottom = (number + 1) * kRow;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight;
  drawSteps(view);
  select(view, before, false);
  select(view, number, true);
  put(box, "aria-activedescendant", "step-" + number);
}

function makeSteps(trace, go) {
  const inner = html("div", { class: "all", role: "presentation",
    style: `height:${trace.steps.length * kRow}px` });
  const box = html("div", { class: "box", role: "listbox", tabindex: 0,
    "aria-label": "every step", style: `max-height:${Math.min(12, trace.steps.length) * kRow}px` },
    inner);
  byId("steps").replaceChildren(box);
  const view = { trace, box, inner, rows: new Map() };
  box.addEventListener("scroll", () => drawSteps(view));
  box.addEventListener("click", (event) => {
    const row = event.target.closest("[data-step]");
    if (row) go(Number(row.dataset.step));
  });
  return { show: (step, before) => showInSteps(view, step, before), resize: () => drawSteps(view) };
}
