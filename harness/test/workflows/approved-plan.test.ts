/**
 * Checks the place in which deploy.yml keeps the plan that waits for approval. The plan contains the values of all variables, so it must
 * not be public.
 */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { readInfra } from "../infra/readme-tables.ts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: { readonly name?: string; readonly "role-duration-seconds"?: number };
  readonly "timeout-minutes"?: number;
}
interface Workflow {
  readonly jobs: Readonly<
    Record<"plan" | "apply", { readonly steps: readonly Step[]; readonly "timeout-minutes": number }>
  >;
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

  it("is applied within a limit that the soak does not share, in a session that lasts until its end", () => {
    const { steps, "timeout-minutes": limit } = jobs.apply;
    const soak = steps.find(({ run }) => run?.startsWith("make longrun") === true);
    const [session, fresh] = steps.filter(({ uses }) => uses?.includes("configure-aws-credentials") === true);
    const seconds = session?.with?.["role-duration-seconds"] ?? 0;
    const allowed = Number(
      /"apply" \{[^]*?max_session_duration = (\d+)/.exec(readInfra("modules/github-oidc/main.tf"))?.[1],
    );
    expect([soak?.["timeout-minutes"], seconds, seconds <= allowed]).to.deep.equal([45, 7200, true]);
    expect(limit - 45).to.be.at.least(seconds / 60);
    expect(steps.indexOf(fresh as Step)).to.be.lessThan(steps.indexOf(soak as Step));
  });
});
