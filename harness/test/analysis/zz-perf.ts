import { TestRun } from "./story.ts";
import { aheadElsewhere, drive, handlerConnect, initConnect } from "./designs.ts";
import { analyze } from "../../src/analysis/analyze.ts";
import { DEFAULT_JUDGEMENT_SETTINGS } from "../../src/analysis/judgement-settings.ts";
for (const [name, design, opts] of [["handler", handlerConnect, {}], ["init", initConnect, {}], ["init-aws-text", initConnect, {target:"aws", format:"text"}]] as const) {
  const run = new TestRun(opts as any);
  aheadElsewhere(run, design, { before: 1000, during: 8000, after: 1000 });
  const e = run.end();
  for (let i=0;i<3;i++){ const t = performance.now(); const r = analyze(e, DEFAULT_JUDGEMENT_SETTINGS); console.log(name, e.functions[0]!.records.length, r.verdict, Math.round(performance.now()-t), "ms"); }
}
{ // many environments
  const run = new TestRun({});
  for (let i=0;i<3000;i++){ const a = run.environment(); a.init(); const b = run.environment(); b.init(); drive(run, b, handlerConnect, 3); }
  const e = run.end();
  const t = performance.now(); const r = analyze(e, DEFAULT_JUDGEMENT_SETTINGS); console.log("many", e.functions[0]!.records.length, r.verdict, r.functions[0]!.exposure.total, Math.round(performance.now()-t), "ms");
}
{ // peer log only
  const run = new TestRun({lines:false, target:"aws"});
  aheadElsewhere(run, handlerConnect, { before: 1000, during: 8000, after: 1000 });
  const e = run.end();
  const t = performance.now(); const r = analyze(e, DEFAULT_JUDGEMENT_SETTINGS); console.log("peer only", e.functions[0]!.records.length, r.verdict, r.functions[0]!.exposure.total, Math.round(performance.now()-t), "ms");
}
