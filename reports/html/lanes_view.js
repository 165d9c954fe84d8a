// Keeps the picture of lanes in step: the window of steps that is drawn, the cursor, the labels.

function laneLabels(trace, rows) {
  const labels = trace.lanes.map((lane, i) => {
    const words = [html("span", { class: "title" }, printable(lane.title))];
    if (trace.threads > 1 && lane.title) {
      words.push(html("span", { class: "thread" }, "thread " + lane.thread));
    }
    return label("label", rows.lanes[i], kLaneHeight, badge(trace, i),
      html("span", { class: "words" }, ...words));
  });
  trace.disks.forEach((disk, i) => {
    labels.push(label("label disk", rows.disks[i], disk.rows.length * kDiskRow,
      html("span", { class: "words" }, printable(disk.name),
        html("span", { class: "title" }, " disk"))));
  });
  return labels;
}

function lanesLabel(trace) {
  return "picture of " + counted(trace.lanes.length, "lane") + " and " +
    counted(trace.disks.length, "disk") + " over " + counted(trace.steps.length, "step") +
    "; the list of every step says the same in words";
}

// Draws what is in view and half as much on both sides.
function drawWindow(view, force) {
  const { scroller, width, trace } = view;
  const first = Math.floor(scroller.scrollLeft / width) + 1;
  const count = Math.ceil(scroller.clientWidth / width) + 1;
  const last = Math.min(first + count, trace.steps.length);
  if (!force && first >= view.from && last <= view.to) return;
  view.from = Math.max(1, first - (count >> 1));
  view.to = Math.min(trace.steps.length, first + count + (count >> 1));
  view.offset = (view.from - 1) * width;
  view.picture.style.left = view.offset + "px";
  put(view.picture, "width", (view.to - view.from + 1) * width + 8);
  view.picture.replaceChildren(...drawLanes(view, view.from, view.to));
}

function describeLanes(view, element, event) {
  const span = view.trace.spans[element.dataset?.span ?? -1];
  const left = view.inner.getBoundingClientRect().left;
  const column = Math.floor((event.clientX - left) / view.width);
  const number = Math.max(1, Math.min(view.trace.steps.length, column + 1));
  if (span) return { text: spanWords(view.trace, span), step: number };
  return { text: stepWords(view.trace, view.trace.steps[number - 1]), step: number };
}

function layOutLanes(view) {
  const room = view.scroller.clientWidth - 10;
  view.width = columnWidth(view.trace, room);
  view.x = (step) => (step - 0.5) * view.width - view.offset;
  view.inner.style.width = view.trace.steps.length * view.width + 8 + "px";
  view.inner.style.height = view.labels.style.height = view.rows.height + "px";
  view.cursor.style.width = view.width + "px";
  drawWindow(view, true);
}

function makeLanesView(trace, go) {
  const view = { trace, rows: rowsOf(trace), course: courseOf(trace), from: 1, to: 0, offset: 0,
    ...makeStrip(byId("lanes"), lanesLabel(trace)) };
  view.steps = trace.lanes.map((_, lane) => trace.steps.filter((step) => step.lane === lane));
  view.resumes = view.steps.map((steps) =>
    steps.filter((step) => step.kind !== "effect").map((step) => step.step));
  view.cursor = html("div", { class: "cursor" });
  view.picture = svg("svg", { class: "picture", height: view.rows.height, "aria-hidden": "true" });
  view.inner.append(view.cursor, view.picture);
  view.labels.append(...laneLabels(trace, view.rows));
  layOutLanes(view);
  view.scroller.addEventListener("scroll", () => drawWindow(view, false));
  listen(view.scroller, (element, event) => describeLanes(view, element, event), go);
  return { show: (step, before) => showInLanes(view, step, before),
    resize: () => layOutLanes(view) };
}

// The cursor glides from step to step; it does not come from the first one when the page opens, which
// a picture of the page would show half way.
function showInLanes(view, step, before) {
  const left = (step - 1) * view.width;
  view.cursor.classList.toggle("glides", before !== undefined && before !== step);
  view.cursor.style.transform = `translateX(${left}px)`;
  reveal(view.scroller, left, left + view.width);
  drawWindow(view, false);
}
