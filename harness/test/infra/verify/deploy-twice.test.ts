import { expect } from "chai";
import type { Settings } from "../../../../scripts/infra/settings.ts";
import { deployTwice, type DeployedTwice } from "../../../../scripts/infra/verify/deploy-twice.ts";
import { confirmed, differs } from "../../../../scripts/infra/verify/probe.ts";
import { memoryMachine } from "../../cli/memory-machine.ts";

describe("infrastructure: a deployment under the documented policies", () => {
  const done: DeployedTwice = { result: confirmed("It succeeded."), denied: [] };
  const denied: DeployedTwice = { result: differs("It failed."), denied: ["ecs:CreateCluster"] };
  const session = { AWS_ACCESS_KEY_ID: "role" };
  const role = { boundaryArn: "arn", credentials: () => Promise.resolve(session) };

  /** Deploys with these answers, one after the other. Returns the result and the credentials of each attempt. */
  async function deployed(
    answers: readonly DeployedTwice[],
    given: typeof role | null = role,
  ): Promise<{ readonly result: DeployedTwice; readonly attempts: readonly unknown[] }> {
    const attempts: unknown[] = [];
    const machine = memoryMachine([]);
    const course = { machine, role: given, signal: new AbortController().signal };
    const result = await deployTwice({ target: "local" } as Settings, course, ({ credentials }) => {
      const answer = answers[attempts.length] ?? done;
      attempts.push(credentials ?? "own");
      return Promise.resolve(answer);
    });
    return { result, attempts };
  }

  it("uses only the documented policies if they suffice", async () => {
    expect(await deployed([done])).to.deep.equal({ result: done, attempts: [session] });
  });

  it("tries once more after a denial, because IAM may not know the role everywhere yet", async () => {
    expect(await deployed([denied, done])).to.deep.equal({ result: done, attempts: [session, session] });
  });

  it("goes on with the user's rights after a second denial, and reports what was denied", async () => {
    expect(await deployed([denied, denied, done])).to.deep.equal({
      result: { ...done, denied: ["ecs:CreateCluster"] },
      attempts: [session, session, "own"],
    });
  });

  it("uses the user's rights in tier lambda", async () => {
    expect(await deployed([denied], null)).to.deep.equal({ result: denied, attempts: ["own"] });
  });
});
