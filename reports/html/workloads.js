// The workloads of the run with their counts: a table that is made when it is opened.

function workloadRow(workload) {
  const figures = [workload.executions, workload.blocked, workload.transitions];
  return html("tr", {},
    html("th", { scope: "row" }, html("code", {}, printable(workload.workload))),
    ...figures.map((figure) => html("td", {}, figure.toLocaleString("en"))),
    html("td", { class: "bad" }, workload.violated ? "\u2715 violated" : ""));
}

function makeWorkloads(workloads) {
  show(byId("workloads-card"), workloads.length > 0);
  byId("workloads-fold").addEventListener("toggle", () => {
    const body = byId("workloads");
    if (body.children.length === 0) body.replaceChildren(...workloads.map(workloadRow));
  });
}
