// What the page needs to know of a counterexample besides what the document says: disk requests
// from submission to completion, the rows they take, and who does what at each step. Steps are
// counted from 1, as in the document.

function sameRequest(span, lane, io) {
  return span.lane === lane && span.device === io.device && span.kind === io.kind &&
    span.offset === io.offset && span.length === io.length;
}

// One span a disk request; moments that the trace does not reach stay undefined.
function spansOf(steps) {
  const spans = [], open = [];
  for (const step of steps) {
    for (const io of step.ios) {
      if (io.moment === "submitted") {
        spans.push({ ...io, index: spans.length, lane: step.lane, submitted: step.step });
        open.push(spans[spans.length - 1]);
        continue;
      }
      const at = open.findIndex((span) => sameRequest(span, step.lane, io) &&
        (io.moment === "completed" || span.effect === undefined));
      if (at < 0) continue;
      Object.assign(open[at], { status: io.status, fault: io.fault });
      if (io.moment === "took effect") open[at].effect = step.step;
      else open.splice(at, 1)[0].completed = step.step;
    }
  }
  return spans;
}

// A disk has as many rows as it ever had requests in flight at once.
function disksOf(spans, stepCount) {
  const disks = [];
  for (const span of spans) {
    let disk = disks.find((known) => known.name === span.device);
    if (!disk) disks.push(disk = { name: span.device, rows: [] });
    span.end = span.completed ?? stepCount + 1;
    span.row = disk.rows.findIndex((until) => until <= span.submitted);
    if (span.row < 0) span.row = disk.rows.length;
    disk.rows[span.row] = span.end;
  }
  return disks.sort((a, b) => (a.name < b.name ? -1 : 1));
}

// What a lane is at from a step on: [{step, text, done}]
function activitiesOf(trace, lane) {
  const at = [{ step: 0, text: "not started" }];
  for (const step of trace.steps) {
    if (step.lane !== lane) continue;
    const waits = trace.submitted.get(step.step) ?? [];
    const ack = step.notes.find((note) => note.startsWith("acknowledged"));
    const stops = step.notes.find((note) => note.startsWith("stops its thread"));
    let text = "ready to run on";
    if (step.kind === "effect") {
      text = shortName(step.ios[0] ?? kNoIo) + ": took effect, not told yet";
    } else if (step.kind === "cut") text = "cut";
    else if (waits.length > 0) {
      text = "waits for " + listed(waits.map((span) => placedName(trace, lane, span)));
    } else if (ack) text = printable(ack);
    else if (stops) text = printable(stops);
    at.push({ step: step.step, text, done: Boolean(ack), failed: ack && !ack.endsWith(": ok") });
  }
  const waits = trace.lanes[lane].waits_for;
  if (waits && trace.steps.length > 0) {
    at.push({ step: trace.steps.length, text: "waits for " + printable(waits), stuck: true });
  }
  return at;
}

const kNoIo = { device: "disk", kind: "request", what: "" };

// The values of each shared object, in the order of the document.
function objectsOf(counterexample) {
  const objects = new Map();
  for (const change of counterexample.final_state) {
    objects.set(change.object, [{ step: 0, value: change.before }]);
  }
  for (const step of counterexample.steps) {
    for (const change of step.changes) {
      const values = objects.get(change.object);
      if (values) values.push({ step: step.step, value: change.after });
    }
  }
  return [...objects].map(([name, values]) => ({ name, values }));
}

function traceOf(counterexample) {
  const steps = counterexample.steps;
  const trace = { ...counterexample, sectorSize: counterexample.log_sector_size,
    spans: spansOf(steps), objects: objectsOf(counterexample), broken: new Map() };
  for (const finding of counterexample.findings) {
    const step = finding.step ?? steps.length;
    trace.broken.set(step, [...(trace.broken.get(step) ?? []), finding]);
  }
  if (trace.race_pair) trace.race_pair = [...trace.race_pair].sort((a, b) => a - b);
  trace.submitted = new Map();
  for (const span of trace.spans) {
    trace.submitted.set(span.submitted, [...(trace.submitted.get(span.submitted) ?? []), span]);
  }
  trace.breaks = [...trace.broken.keys()].sort((a, b) => a - b);
  trace.disks = disksOf(trace.spans, steps.length);
  trace.activities = trace.lanes.map((_, lane) => activitiesOf(trace, lane));
  return trace;
}

// "breaks no-overlap and contiguous", or "".
function breaksAt(trace, step) {
  const findings = trace.broken.get(step) ?? [];
  const at = findings.filter((finding) => finding.step !== null);
  const end = findings.filter((finding) => finding.step === null);
  const names = (some) => listed(some.map((finding) => printable(finding.property)));
  const said = [];
  if (at.length > 0) said.push("breaks " + names(at));
  if (end.length > 0) said.push("in the end, " + names(end) + (end.length > 1 ? " are" : " is") +
    " broken");
  return said.join("; ");
}
