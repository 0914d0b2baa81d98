import { expect } from "chai";
import { EXIT } from "../../src/words/exit-codes.ts";
import { applyFailure } from "../../../scripts/infra/deploy.ts";
import { explainFailure } from "../../../scripts/infra/explain-failure.ts";
import { plannedNames } from "../../../scripts/infra/planned-names.ts";
import { refusal, type TakenName } from "../../../scripts/infra/taken-names.ts";
import { parsePlan } from "../../../scripts/infra/terraform-json.ts";

const ended = (code: number, stderr: string) => ({ code, stdout: "", stderr });

describe("infrastructure: messages about failures for an operator", () => {
  const said: readonly (readonly [string, string, string | undefined])[] = [
    ["missing credentials", "Error: No valid credential sources found", "There are no AWS credentials"],
    [
      "expired credentials",
      "ExpiredToken: The security token included in the request is expired",
      "The AWS credentials have expired",
    ],
    [
      "a Region that is not enabled",
      "InvalidClientTokenId: The security token included in the request is invalid",
      "AWS does not know these credentials in this Region",
    ],
    ["a Region that does not exist", "Error: invalid AWS Region: eu-middle-1", "There is no such Region"],
    [
      "a stale lock",
      "Error: Error acquiring the state lock",
      "Another apply is running, or an apply was killed",
    ],
    [
      "a bucket that does not exist",
      "NoSuchBucket: The specified bucket does not exist",
      "The bucket of STATE does not exist",
    ],
    [
      "a bucket in another Region",
      'requested bucket from "us-east-1", actual location "eu-west-1"',
      "The bucket of STATE is in another Region",
    ],
    [
      "a quota that is too small",
      "decreases account's UnreservedConcurrentExecution below its minimum value of [100]",
      "AWS keeps the number in brackets unreserved",
    ],
    [
      "a name that is taken",
      "ResourceConflictException: Function already exist: longrun-a",
      "Something with this name exists",
    ],
    [
      "results that still exist",
      "BucketNotEmpty: The bucket you tried to delete is not empty",
      "The results' bucket is not empty",
    ],
    [
      "a soak that still runs",
      "ClusterContainsTasksException: The Cluster cannot be deleted while Tasks are active.",
      "A task of a soak is still running",
    ],
    [
      "a managed peer that does not start",
      "timeout while waiting for state to become 'tfSTABLE' (last state: 'tfPENDING', timeout: 10m0s)",
      "A managed peer did not start",
    ],
    [
      "missing permissions",
      "api error AccessDeniedException: User is not authorized to perform: lambda:CreateFunction",
      "These credentials are not allowed to do that",
    ],
    [
      "a provider that cannot be fetched",
      "Error: Failed to query available provider packages",
      "The AWS provider could not be fetched",
    ],
    ["an unknown error", "Error: the moon is full", undefined],
  ];
  for (const [title, text, begins] of said) {
    it(`${begins === undefined ? "give no explanation of" : "explain"} ${title}`, () => {
      const hint = explainFailure(text);
      if (begins === undefined) expect(hint).to.equal(undefined);
      else expect(hint?.slice(0, begins.length)).to.equal(begins);
    });
  }

  it("name the resources that a plan creates, if their types are known", () => {
    const change = (type: string, actions: readonly string[], after: object) => ({
      type,
      address: `module.a.${type}.this`,
      change: { actions, after },
    });
    expect(
      plannedNames(
        parsePlan(
          JSON.stringify({
            resource_changes: [
              change("aws_lambda_function", ["create"], { function_name: "longrun-a" }),
              change("aws_lambda_function", ["delete", "create"], { function_name: "longrun-b" }),
              change("aws_lambda_function", ["update"], { function_name: "longrun-c" }),
              change("aws_cloudwatch_log_group", ["create"], {}),
              change("aws_iam_role", ["create"], { name: "longrun-a-function" }),
              change("aws_ecs_service", ["create"], { name: "a", cluster: "arn:c" }),
              change("aws_subnet", ["create"], { name: "a" }),
            ],
          }),
        ),
      ),
    ).to.deep.equal([
      {
        type: "aws_lambda_function",
        what: "function",
        name: "longrun-a",
        address: "module.a.aws_lambda_function.this",
        within: null,
      },
      {
        type: "aws_iam_role",
        what: "role",
        name: "longrun-a-function",
        address: "module.a.aws_iam_role.this",
        within: null,
      },
      {
        type: "aws_ecs_service",
        what: "service",
        name: "a",
        address: "module.a.aws_ecs_service.this",
        within: "arn:c",
      },
    ]);
  });

  it("name the resources that a plan removes, but not those that it replaces", () => {
    const change = (actions: readonly string[], before: object | null) => ({
      type: "aws_cloudwatch_log_group",
      address: "module.a.aws_cloudwatch_log_group.this",
      change: { actions, before, after: null },
    });
    const resource_changes = [
      change(["delete"], { name: "/aws/lambda/longrun-a" }),
      change(["create"], null),
      change(["delete", "create"], { name: "/aws/lambda/longrun-b" }),
    ];
    expect(
      plannedNames(parsePlan(JSON.stringify({ resource_changes })), "delete").map(({ name }) => name),
    ).to.deep.equal(["/aws/lambda/longrun-a"]);
  });

  it("say how to import resources that an interrupted apply has created", () => {
    const taken: readonly TakenName[] = [
      {
        type: "aws_lambda_function",
        what: "function",
        name: "longrun-a",
        address: 'module.function["a"].x.this',
        id: "longrun-a",
        region: null,
      },
      {
        type: "aws_iam_policy",
        what: "policy",
        name: "p",
        address: "aws_iam_policy.p",
        id: "arn:aws:iam::1:policy/p",
        region: null,
      },
    ];
    const place = {
      local: false,
      region: "eu-central-1",
      work: "/w",
      program: "tofu",
      variablesFile: "/my own.tfvars.json",
    };
    const { message, hint } = refusal(taken, place);
    expect(message).to.contain("function longrun-a, policy p. Nothing was changed.");
    expect(hint?.split("\n").slice(0, 3)).to.deep.equal([
      "If an apply of this deployment was interrupted, import what it had made, and deploy again. In /w:",
      "  tofu import -input=false -var-file='/my own.tfvars.json' 'module.function[\"a\"].x.this' longrun-a",
      "  tofu import -input=false -var-file='/my own.tfvars.json' aws_iam_policy.p arn:aws:iam::1:policy/p",
    ]);
    expect(refusal(taken, { ...place, variablesFile: null }).hint).to.not.contain("-var-file");
    expect(refusal(taken, { ...place, local: true }).hint).to.contain("make destroy TARGET=local");
  });

  it("advise no import of roles that belong to a deployment in another Region", () => {
    const role = (region: string | null): TakenName => ({
      type: "aws_iam_role",
      what: "role",
      name: "longrun-a-function",
      address: 'module.function["a"].aws_iam_role.this',
      id: "longrun-a-function",
      region,
    });
    const place = { local: false, region: "eu-west-1", work: "/w", program: "tofu", variablesFile: null };
    expect(refusal([role("eu-central-1"), role(null)], place).hint).to.match(
      /belong to a deployment in eu-central-1\. Do not import them.*deployment in eu-west-1 another NAME/,
    );
    for (const region of ["eu-west-1", null])
      expect(refusal([role(region)], place).hint).to.contain("tofu import");
  });

  it("advise no import of GitHub's identity provider, because others in the account depend on it", () => {
    const taken: readonly TakenName[] = [
      {
        type: "aws_iam_openid_connect_provider",
        what: "identity provider",
        name: "u",
        address: "a",
        id: "arn:p",
        region: null,
      },
    ];
    const { hint } = refusal(taken, {
      local: false,
      region: "eu-central-1",
      work: "/w",
      program: "tofu",
      variablesFile: null,
    });
    expect(hint).to.equal(
      "The account already has an identity provider for GitHub: set github.existing_provider_arn to arn:p.",
    );
  });

  it("have exit code 130 after an interrupted apply and 69 after a failed one, and say what to do", () => {
    const place = { target: "aws", folder: "/f" } as const;
    const interrupted = applyFailure(place, ended(1, "Interrupt received.\nError: execution halted"));
    const failed = applyFailure(place, ended(1, "AccessDenied"));
    expect([EXIT[interrupted.code], EXIT[failed.code]]).to.deep.equal([130, 69]);
    expect(interrupted.message).to.match(/^The apply was interrupted\..*make deploy.*make destroy/);
    expect(failed.hint).to.contain("are not allowed to do that");
  });

  it("do not claim that the state of a killed apply is complete", () => {
    const { code, message, hint } = applyFailure({ target: "aws", folder: "/f" }, ended(137, ""));
    expect(EXIT[code]).to.equal(69);
    expect(message).to.match(/^The apply was killed \(signal 9\)\. .* without being in the state\.$/);
    expect(hint).to.contain("make deploy TARGET=aws looks for it by name");
    expect(hint).to.contain("terraform force-unlock ID in /f/terraform/work");
  });
});
