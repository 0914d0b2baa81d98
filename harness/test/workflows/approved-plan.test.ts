/**
 * Checks the place in which deploy.yml keeps the plan that waits for approval. The plan contains the values of all variables, so it must
 * not be public.
 */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { parse } from "yaml";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: { readonly name?: string };
}
interface Workflow {
  readonly jobs: Readonly<Record<"plan" | "apply", { readonly steps: readonly Step[] }>>;
}

describe("the approved plan of a deployment", () => {
  const { jobs } = parse(
    readFileSync(new URL("../../../.github/workflows/deploy.yml", import.meta.url), "utf8"),
  ) as Workflow;
  const visibility = "github.event.repository.visibility";
  const artifact = (step: Step): boolean =>
    step.uses?.includes("load-artifact@") === true && step.with?.name === "plan";
  const inBucket = (step: Step): boolean => step.run?.includes("$STATE.plans/") === true;

  for (const [job, { steps }] of Object.entries(jobs)) {
    it(`is in the state's bucket instead of an artifact if the repository is public (${job})`, () => {
      expect(steps.filter(artifact).map((step) => step.if)).to.deep.equal([`${visibility} != 'public'`]);
      expect(steps.filter(inBucket).map((step) => step.if)).to.deep.equal([`${visibility} == 'public'`]);
    });
  }

  it("is used only after its digest was compared with the digest of the plan that was shown", () => {
    const { steps } = jobs.apply;
    const [fetched, checked, applied] = [
      steps.findLastIndex((step) => artifact(step) || inBucket(step)),
      steps.findIndex((step) => step.run?.includes('echo "$DIGEST') === true),
      steps.findIndex((step) => step.run?.startsWith("make deploy") === true),
    ];
    expect(fetched < checked && checked < applied).to.equal(true);
  });
});
