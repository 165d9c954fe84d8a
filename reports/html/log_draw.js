// The parts of the picture of the log, in pixels: sector numbers, cells, claims, overlaps.

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
  const x = view.x.get(claim.begin), header = view.x.get(claim.begin + 1) - x;
  const y = view.top + claim.row * kClaim + 2, width = view.x.get(claim.end) - x;
  const bar = { y, height: kClaim - 4, rx: 3, x: x + 0.5 };
  const parts = [svg("rect", { ...bar, class: "data", width: Math.max(1, width - 1) })];
  const name = laneName(view.trace.lanes[claim.lane]).slice(0, 2);
  if (claim.header_failed) {
    const middle = y + bar.height / 2;
    parts.push(svg("path", { class: "missing", d: `M${x} ${middle}h${width}` }));
  } else {
    const head = svg("rect", { ...bar, class: "header", width: Math.max(1, header - 1) });
    const letter = svg("text", { class: "letter", x: x + header / 2, y: y + 15 }, name);
    parts.push(svg("g", {}, head, letter));
  }
  return svg("g", { class: "claim " + colour(claim.lane), "data-claim": index }, ...parts);
}

// Drawn last, so that the hatching does not cross it.
function drawClaimCaption(view, claim) {
  const begin = view.x.get(claim.begin + 1), width = view.x.get(claim.end) - begin;
  const name = laneName(view.trace.lanes[claim.lane]);
  const text = (claim.header_failed ? "no header of " : "entry of ") + name;
  return svg("text", { class: "caption over " + colour(claim.lane), x: begin + 6,
    y: view.top + claim.row * kClaim + 17 }, clipped(text, width - 10));
}

function drawOverlap(view, segment) {
  const x = view.x.get(segment.begin);
  return svg("rect", { class: "overlap", x, y: view.top, width: segment.width,
    height: view.log.rows * kClaim + view.hatched, fill: "url(#hatch)" });
}

function hatchPattern() {
  return svg("defs", {}, svg("pattern", { id: "hatch", width: 7, height: 7,
    patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
  svg("path", { d: "M0 0v7", class: "hatching" })));
}
