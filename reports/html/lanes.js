// The picture of lanes: one a request, one a disk, steps from left to right. Only the steps in view
// are drawn, and drawn again when others come into view.

function drawRuler(view, from, to) {
  const { trace, x, rows, width } = view;
  const stride = rulerStride(trace, width), parts = [];
  for (let step = from; step <= to; ++step) {
    const broken = trace.broken.has(step);
    if (broken) {
      parts.push(svg("rect", { class: "broken", x: x(step) - width / 2 + 1, y: 0,
        width: width - 2, height: rows.height }));
    }
    if (broken) parts.push(svg("text", { class: "number bad", x: x(step), y: 13 }, "!"));
    if (step % stride !== 0 && step !== 1) continue;
    parts.push(svg("text", { class: broken ? "number bad" : "number", x: x(step), y: 26 }, step));
  }
  return parts;
}

function cross(x, y) {
  return `M${x - 4.5} ${y - 4.5}l9 9m0 -9l-9 9`;
}

// An error, or a fault that came without one.
function isHit(io) {
  return wentWrong(io) || Boolean(io.fault);
}

function effectMark(tip, x, y, hit) {
  if (hit) return svg("path", { ...tip, class: "cross", d: cross(x, y) });
  return svg("path", { ...tip, class: "effect", d: `M${x} ${y - 5}l5 5l-5 5l-5 -5z` });
}

function mark(view, step, y) {
  const at = view.x(step.step), tip = { "data-step": step.step };
  if (step.kind === "effect") return effectMark(tip, at, y, step.ios.some(isHit));
  if (step.kind === "cut") return svg("path", { ...tip, class: "cross", d: cross(at, y) });
  return svg("circle", { ...tip, class: "run", cx: at, cy: y, r: 5.5 });
}

// What a lane waits for above its line, what it told below.
function captions(view, lane, step, y) {
  const { trace, x, width } = view, at = x(step.step);
  const next = view.course[lane].next.get(step.step) ?? trace.steps.length + 1;
  const parts = [];
  const waits = (trace.submitted.get(step.step) ?? []).map((s) => placedName(trace, s.lane, s));
  // Effects belong to the same wait: it ends where the lane's code runs again.
  const resumes = view.resumes[lane].find((other) => other > step.step) ?? next;
  const above = clipped(waits.join(", "), (resumes - step.step) * width - 12);
  if (above) parts.push(svg("text", { class: "caption", x: at - 3, y: y - 11 }, above));
  const notes = step.notes.map((note) => printable(note)
    .replace(/^places its entry at log sector /, "entry @ ").replace(/^acknowledged: /, "ack "));
  const below = clipped(notes.join(", "), (resumes - step.step) * width - 8);
  if (below) parts.push(svg("text", { class: "caption note", x: at - 3, y: y + 20 }, below));
  return parts;
}

function drawLane(view, lane, from, to) {
  const { trace, x, rows, width } = view, course = view.course[lane];
  const y = rows.lanes[lane] + 27, stuck = Boolean(trace.lanes[lane].waits_for);
  if (course.first > to || (course.last < from && !stuck)) return [];
  const end = stuck ? trace.steps.length + 0.4 : course.last;
  const parts = [svg("line", { class: "life", x1: x(Math.max(course.first, from - 1)), y1: y,
    x2: x(Math.min(end, to + 1)), y2: y })];
  if (stuck) {
    parts.push(svg("path", { class: "cross", d: cross(x(end) - 4, y) }));
    const text = clipped("waits for ever", (end - course.last) * width - 12);
    const place = { class: "caption bad", x: x(course.last) + 10, y: y + 20 };
    if (text) parts.push(svg("text", place, text));
  }
  for (const step of view.steps[lane]) {
    if (step.step < from - 12 || step.step > to) continue;  // a caption may reach into view
    parts.push(mark(view, step, y));
    if (step.kind !== "effect") parts.push(...captions(view, lane, step, y));
  }
  return [svg("g", { class: "lane " + colour(lane) }, ...parts)];
}

// A disk request: hollow until it takes effect, filled until its completion is told.
function drawSpan(view, top, span) {
  const { trace, x } = view, y = top + span.row * kDiskRow + 3, height = kDiskRow - 6;
  const begin = x(span.submitted), end = x(Math.min(span.end, trace.steps.length + 0.4));
  const effect = span.effect === undefined ? end : x(span.effect);
  const tip = { "data-span": span.index };
  const parts = [
    svg("rect", { ...tip, class: "done", x: effect, y, width: Math.max(0, end - effect), height }),
    svg("rect", { ...tip, class: "pending", x: begin, y, width: end - begin, height, rx: 4 })];
  if (span.effect !== undefined) {
    parts.push(effectMark({ ...tip }, effect, y + height / 2, isHit(span)));
  }
  const name = laneName(trace.lanes[span.lane]);
  // On the side of the effect where there is more room for it.
  const before = effect - begin - 12, after = end - effect - 14;
  const words = name + " " + shortName(span).replace(/^(data|log) /, "");
  const text = clipped(words, Math.max(before, after)) || clipped(name, Math.max(before, after));
  const at = before >= after || widthOf(words) <= before ? begin + 6 : effect + 9;
  if (text) parts.push(svg("text", { class: "caption", x: at, y: y + 14 }, text));
  return svg("g", { class: "span " + colour(span.lane) }, ...parts);
}

// The race pair, where the document names one: two steps that would pass in the other order.
function drawRacePair(view) {
  const pair = view.trace.race_pair;
  if (!pair) return [];
  const [a, b] = [view.x(pair[0]), view.x(pair[1])], bottom = view.rows.height;
  return [svg("g", { class: "pair" },
    svg("path", { d: `M${a} ${bottom}V31M${b} ${bottom}V31` }),
    svg("path", { d: `M${a} 14V8Q${a} 3 ${a + 5} 3H${b - 5}Q${b} 3 ${b} 8V14` }))];
}

function drawLanes(view, from, to) {
  const parts = [...drawRuler(view, from, to), ...drawRacePair(view)];
  view.trace.lanes.forEach((_, lane) => parts.push(...drawLane(view, lane, from, to)));
  for (const span of view.trace.spans) {
    if (span.end < from - 1 || span.submitted > to + 1) continue;
    const disk = view.trace.disks.findIndex((known) => known.name === span.device);
    parts.push(drawSpan(view, view.rows.disks[disk], span));
  }
  return parts;
}
