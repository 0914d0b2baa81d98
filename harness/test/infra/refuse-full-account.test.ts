import { expect } from "chai";
import { LongrunError } from "../../src/base/errors.ts";
import { refuseFullAccount, reservationsOf } from "../../../scripts/infra/refuse-full-account.ts";
import { parsePlan } from "../../../scripts/infra/terraform-json.ts";
import { cannedService, json } from "../adapters/aws/canned-service.ts";

const change = (label: string, actions: readonly string[], before: number | null, after: number | null) => {
  const values = (reserved: number | null) =>
    reserved === null
      ? null
      : { function_name: `longrun-${label}`, reserved_concurrent_executions: reserved };
  return {
    type: "aws_lambda_function",
    address: `module.function["${label}"].aws_lambda_function.this`,
    change: { actions, before: values(before), after: values(after) },
  };
};
const planOf = (...changes: readonly object[]) => parsePlan(JSON.stringify({ resource_changes: changes }));
/** What `make deploy PEER=managed` plans at first. */
const MANAGED = planOf(change("handler", ["create"], null, 1), change("init", ["create"], null, 1));

describe("infrastructure: the account's concurrent executions", () => {
  const before = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL_LAMBDA"].map(
    (name) => [name, process.env[name]] as const,
  );
  afterEach(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  /** What is printed, or the error, for an account with these limits. `null`: reading them is not allowed. */
  async function said(
    plan: typeof MANAGED,
    limits: readonly [concurrent: number, unreserved: number] | null,
  ) {
    const service = await cannedService((_asked, response) => {
      if (limits === null)
        json(response, 403, { message: "no" }, { "x-amzn-errortype": "AccessDeniedException" });
      else
        json(response, 200, {
          AccountLimit: { ConcurrentExecutions: limits[0], UnreservedConcurrentExecutions: limits[1] },
        });
    });
    process.env["AWS_ENDPOINT_URL_LAMBDA"] = service.endpoint;
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) process.env[name] = "test";
    let text = "";
    const stderr = { write: (more: string) => void (text += more) };
    const error = await refuseFullAccount(plan, { region: "eu-central-1", stderr }).catch(
      (thrown: unknown) => thrown,
    );
    await service.close();
    return { text, error, asked: service.asked.length };
  }

  it("are counted for every function that the plan makes or changes", () => {
    const plan = planOf(
      change("new", ["create"], null, 2),
      change("more", ["update"], 1, 3),
      change("none-before", ["update"], -1, 1),
      change("same", ["update"], 1, 1),
      change("replaced", ["delete", "create"], 1, 2),
      change("gone", ["delete"], 5, null),
      { type: "aws_iam_role", address: "r", change: { actions: ["create"], before: null, after: {} } },
    );
    expect(reservationsOf(plan)).to.deep.equal([
      { name: "longrun-new", more: 2 },
      { name: "longrun-more", more: 2 },
      { name: "longrun-none-before", more: 1 },
      { name: "longrun-replaced", more: 1 },
    ]);
  });

  it("of a new account do not suffice, and the refusal says exactly what to ask for", async () => {
    const { error } = await said(MANAGED, [10, 10]);
    expect(error).to.be.instanceOf(LongrunError);
    const { message, hint } = error as LongrunError;
    expect(message).to.equal(
      "This plan reserves 2 concurrent executions (longrun-handler 1, longrun-init 1). Of the account's 10 in eu-central-1, 10 are unreserved, and AWS keeps at least 10 of them so. Nothing was changed.",
    );
    expect(hint).to.contain(
      "aws service-quotas request-service-quota-increase --region eu-central-1 --service-code lambda --quota-code L-B99A9384 --desired-value 1000",
    );
  });

  it("do not suffice if fewer than 100 would stay unreserved, and what others reserved is added to the request", async () => {
    const { error } = await said(MANAGED, [1000, 101]);
    expect((error as LongrunError).message).to.contain("101 are unreserved, and AWS keeps 100 of them so");
    expect((error as LongrunError).hint).to.contain("--desired-value 1001");
    expect(await said(MANAGED, [1000, 102])).to.deep.equal({ text: "", error: undefined, asked: 1 });
  });

  it("may suffice in a small account: AWS decides, and this is printed before the question", async () => {
    const { text, error } = await said(MANAGED, [50, 50]);
    expect(error).to.equal(undefined);
    expect(text).to.match(
      /50 are unreserved\. AWS decides how many must stay unreserved[^]*--desired-value 1000/,
    );
  });

  it("are not read if the plan reserves nothing more", async () => {
    const plan = planOf(change("same", ["update"], 1, 1), change("less", ["update"], 2, 1));
    expect(await said(plan, [10, 10])).to.deep.equal({ text: "", error: undefined, asked: 0 });
  });

  it("are said to be unknown if the credentials may not read them", async () => {
    const { text, error } = await said(MANAGED, null);
    expect([error, /not known .*lambda:GetAccountSettings/.test(text)]).to.deep.equal([undefined, true]);
  });
});
