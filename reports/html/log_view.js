// The picture of the log at a step: what lies in each sector, and below, what each entry's header
// claims, with overlaps hatched. Made once; a step changes only what differs.

const kLogRuler = 22, kCell = 30, kClaim = 26, kBand = 20;

// A long run of sectors that look alike takes less room than it would, but more than one sector.
function unitsOf(segment) {
  const length = segment.end - segment.begin;
  return length <= 8 ? length : 8 + Math.log2(length / 8) * 2;
}

function layOutLog(view, room) {
  const units = view.log.segments.reduce((sum, segment) => sum + unitsOf(segment), 0);
  const unit = Math.max(12, Math.min(40, room / units));
  view.x = new Map();
  let x = 0;
  for (const segment of view.log.segments) {
    view.x.set(segment.begin, x);
    segment.width = unitsOf(segment) * unit;
    x += segment.width;
    view.x.set(segment.end, x);
  }
  view.width = x;
}

function drawSectorNumbers(view) {
  const parts = [];
  let free = -1;
  for (const segment of view.log.segments) {
    const length = segment.end - segment.begin, count = length <= 8 ? length : 1;
    const width = count === 1 ? Math.min(segment.width, 40) : segment.width / count;
    for (let i = 0; i < count; ++i) {
      const text = String(segment.begin + i), half = widthOf(text) / 2;
      const at = view.x.get(segment.begin) + (i + 0.5) * width;
      if (at - half < free) continue;
      parts.push(svg("text", { class: "number", x: at, y: 14 }, text));
      free = at + half + 6;
    }
  }
  return parts;
}

function drawCell(view, segment) {
  const rect = svg("rect", { x: view.x.get(segment.begin) + 0.5, y: kLogRuler, height: kCell,
    rx: 2 });
  const text = svg("text", { class: "letter", y: kLogRuler + 20 });
  return svg("g", { "data-cell": segment.begin }, rect, text);
}

function drawClaim(view, claim, index) {
  const x = view.x.get(claim.begin), y = view.top + claim.row * kClaim + 2, height = kClaim - 4;
  const header = view.x.get(claim.begin + 1) - x, width = view.x.get(claim.end) - x;
  const name = laneName(view.trace.lanes[claim.lane]);
  const parts = [svg("rect", { class: "data", x: x + 0.5, y, width: width - 1, height, rx: 3 })];
  if (claim.header_failed) parts.push(svg("line", { class: "missing", x1: x, x2: x + width,
    y1: y + height / 2, y2: y + height / 2 }));
  const head = svg("g", {}, svg("rect", { class: "header", x: x + 0.5, y, width: header - 1, height, rx: 3 }),
    svg("text", { class: "letter", x: x + header / 2, y: y + 15 }, name.slice(0, 2)));
  return svg("g", { class: "claim " + colour(claim.lane), "data-claim": index }, ...parts, head);
}

// Drawn last, so that the hatching does not cross it.
function drawClaimCaption(view, claim) {
  const begin = view.x.get(claim.begin + 1), width = view.x.get(claim.end) - begin;
  const name = laneName(view.trace.lanes[claim.lane]);
  return svg("text", { class: "caption over " + colour(claim.lane), x: begin + 6,
    y: view.top + claim.row * kClaim + 17 }, clipped("entry of " + name, width - 10));
}

function drawOverlap(view, segment) {
  const x = view.x.get(segment.begin);
  return svg("rect", { class: "overlap", x, y: view.top, width: segment.width,
    height: view.log.rows * kClaim + view.hatched, fill: "url(#hatch)" });
}

function hatchPattern() {
  const pattern = svg("pattern", { id: "hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse",
    patternTransform: "rotate(45)" }, svg("line", { x1: 0, y1: 0, x2: 0, y2: 7, class: "hatching" }));
  return svg("defs", {}, pattern);
}

// Class, letter and words of a segment.
function cellState(trace, segment, step) {
  const { holds, flight } = latest(segment.history, step);
  const incoming = flight.map((write) => laneName(trace.lanes[write.lane]));
  const coming = flight.length > 0
    ? "\nunder way: " + listed(flight.map((w, i) => shortName(w) + " of " + incoming[i])) : "";
  if (!holds || holds.part === "discarded") {
    return { class: "cell empty" + (flight.length > 0 ? " flight " + colour(flight[0].lane) : ""),
      letter: flight.length > 0 ? incoming[0].slice(0, 1) + "?" : "",
      words: (holds ? "discarded" : "nothing") + coming };
  }
  if (holds.part === "older") {
    return { class: "cell older", letter: "o", words: "of an older log" + coming };
  }
  const name = laneName(trace.lanes[holds.lane]);
  const letters = { header: name.slice(0, 2), data: name.slice(0, 2).toLowerCase(), superblock: "S" };
  return { class: `cell ${holds.part} ${colour(holds.lane)}` + (flight.length > 0 ? " flight" : ""),
    letter: letters[holds.part] + (holds.torn ? "!" : ""),
    words: holds.part + " of " + name + (holds.torn ? ", torn" : "") + coming };
}

// Neighbours that look alike are one cell; the superblock stays by itself.
function runsOf(view, step) {
  const runs = [];
  view.log.segments.forEach((segment, index) => {
    const state = cellState(view.trace, segment, step), last = runs[runs.length - 1];
    const same = last && last.begin > 0 && last.state.class === state.class &&
      last.state.letter === state.letter && last.state.words === state.words;
    if (same) last.end = segment.end;
    else runs.push({ begin: segment.begin, end: segment.end, state, index });
  });
  return runs;
}

function showRun(view, run) {
  const cell = view.cells[run.index], [rect, text] = cell.children, { state } = run;
  const x = view.x.get(run.begin), width = view.x.get(run.end) - x;
  put(cell, "class", state.class);
  put(rect, "width", Math.max(1, width - 1));
  put(text, "x", x + width / 2);
  say(text, width >= 8 * state.letter.length ? state.letter : "");
}

function showInLog(view, step) {
  const { log } = view, first = new Set();
  view.runs = runsOf(view, step);
  for (const run of view.runs) {
    showRun(view, run);
    first.add(run.index);
  }
  view.cells.forEach((cell, i) =>
    put(cell, "visibility", first.has(i) ? "visible" : "hidden"));
  log.claims.forEach((claim, i) => {
    const visibility = claim.step <= step ? "visible" : "hidden";
    put(view.claims[i], "visibility", visibility);
    put(view.captions[i], "visibility", visibility);
  });
  view.overlaps.forEach(({ segment, element }) => put(element, "visibility",
    segment.overlap <= step ? "visible" : "hidden"));
  show(view.band, log.segments.some((segment) => segment.overlap <= step));
  const news = log.claims.find((claim) => claim.step === step);
  if (news) reveal(view.scroller, view.x.get(news.begin), view.x.get(news.end));
}

function logLabels(view) {
  const label = (text, top, height) => html("div", { class: "label", style:
    `top:${top}px;height:${height}px` }, text);
  view.band = label("overlap", view.top + view.log.rows * kClaim, kBand);
  view.band.classList.add("bad");
  return [label("sector", 0, kLogRuler), label("on disk", kLogRuler, kCell),
    ...(view.log.rows > 0 ? [label("claimed", view.top, kClaim)] : []), view.band];
}

function drawLog(view) {
  layOutLog(view, view.scroller.clientWidth - 2);
  const { log, trace } = view;
  view.cells = log.segments.map((segment) => drawCell(view, segment));
  view.claims = log.claims.map((claim, i) => drawClaim(view, claim, i));
  view.overlaps = log.segments.filter((segment) => segment.overlap < Infinity)
    .map((segment) => ({ segment, element: drawOverlap(view, segment) }));
  view.captions = log.claims.map((claim) => drawClaimCaption(view, claim));
  put(view.picture, "width", view.width);
  view.inner.style.width = view.width + "px";
  view.picture.replaceChildren(hatchPattern(), ...drawSectorNumbers(view), ...view.cells,
    ...view.claims, ...view.overlaps.map(({ element }) => element), ...view.captions);
  if (trace.now) showInLog(view, trace.now);
}

function describeLog(view, element) {
  const cell = element.closest("[data-cell]"), claim = element.closest("[data-claim]");
  if (claim) {
    const entry = view.log.claims[claim.dataset.claim];
    return { text: entryWords(view.trace, entry), step: entry.step };
  }
  if (!cell) return null;
  const run = view.runs.find((each) => each.begin === Number(cell.dataset.cell));
  const sectors = run.end - run.begin === 1 ? "sector " : "sectors ";
  return { text: sectors + range(run.begin, run.end) + ": " + run.state.words };
}

function makeLogView(trace, log, go) {
  const view = { trace, log, top: kLogRuler + kCell + 12,
    ...makeStrip(byId("log"), "picture of the log; the text below it says the same in words") };
  view.hatched = log.segments.some((segment) => segment.overlap < Infinity) ? kBand : 0;
  const height = view.top + log.rows * kClaim + view.hatched;
  view.picture = svg("svg", { class: "picture", height, "aria-hidden": "true" });
  view.inner.style.height = view.labels.style.height = height + "px";
  view.inner.append(view.picture);
  view.labels.append(...logLabels(view));
  drawLog(view);
  listen(view.scroller, (element) => describeLog(view, element), go);
  return { show: (step) => showInLog(view, step), resize: () => drawLog(view) };
}
