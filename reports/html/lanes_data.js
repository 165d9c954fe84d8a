// Where things stand in the picture of lanes: its rows from top to bottom, in pixels.

const kRuler = 38, kLaneHeight = 52, kDiskRow = 26, kDiskGap = 12;
const kColumnMin = 26, kColumnMax = 88;

function rowsOf(trace) {
  let y = kRuler;
  const lanes = trace.lanes.map(() => {
    const top = y;
    y += kLaneHeight;
    return top;
  });
  const disks = trace.disks.map((disk) => {
    y += kDiskGap;
    const top = y;
    y += disk.rows.length * kDiskRow;
    return top;
  });
  return { lanes, disks, height: y + 8 };
}

// The first and the last step of each lane, and the step behind each of its steps.
function courseOf(trace) {
  const course = trace.lanes.map(() => ({ first: Infinity, last: 0, next: new Map(), end: false }));
  for (const step of trace.steps) {
    const lane = course[step.lane];
    if (lane.last > 0) lane.next.set(lane.last, step.step);
    lane.first = Math.min(lane.first, step.step);
    lane.last = step.step;
  }
  return course;
}

function columnWidth(trace, room) {
  const fitting = Math.floor(room / Math.max(1, trace.steps.length));
  return Math.max(kColumnMin, Math.min(kColumnMax, fitting));
}

// The steps that get a number: all, or every 5th, 10th, ... where columns are narrow.
function rulerStride(trace, width) {
  const digits = String(trace.steps.length).length * 7 + 8;
  return [1, 2, 5, 10, 20].find((stride) => stride * width >= digits) ?? 50;
}

function spanWords(trace, span) {
  const told = [placedName(trace, span.lane, span) + " of " + laneName(trace.lanes[span.lane]),
    "submitted in step " + span.submitted];
  const wrong = wentWrong(span) ? ": " + span.status : "";
  if (span.effect) told.push("takes effect in step " + span.effect + wrong + because(span));
  else told.push("never takes effect");
  told.push(span.completed ? "completes in step " + span.completed : "never completes");
  return told.join("\n");
}

function stepWords(trace, step) {
  const breaks = breaksAt(trace, step.step);
  return ["step " + step.step + ", " + laneName(trace.lanes[step.lane]) + " " + kKinds[step.kind],
    ...phrases(trace, step), ...(breaks ? ["! " + breaks] : [])].join("\n");
}
