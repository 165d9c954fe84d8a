// The picture of the log at a step: what lies in each sector, and below, what each entry's header
// claims, with overlaps hatched. Made once; a step changes only what differs.

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
  view.band = label("label bad", view.top + view.log.rows * kClaim, kBand, "overlap");
  const labels = [label("label", 0, kLogRuler, "sector"),
    label("label", kLogRuler, kCell, "on disk"), view.band];
  if (view.log.rows > 0) labels.push(label("label", view.top, kClaim, "claimed"));
  return labels;
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
    ...makeStrip(byId("log"), "picture of the log" + (isLogFormat(trace) ? "" : " device") +
      "; the text below it says the same in words") };
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
