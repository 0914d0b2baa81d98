import { expect } from "chai";
import { EXIT } from "../../src/words/exit-codes.ts";
import { refusalOf } from "./refusal-of.ts";
import { givenUp, refuseGivingUp } from "../../../scripts/infra/given-up.ts";
import { parsePlan } from "../../../scripts/infra/terraform-json.ts";

describe("infrastructure: what a plan would give up", () => {
  const change = (address: string, ...actions: readonly string[]) => ({
    type: "t",
    address,
    change: { actions },
  });
  const given = (before: readonly string[] | null, after: readonly string[]) => ({
    given: { before, after },
  });
  const planOf = (content: object) => parsePlan(JSON.stringify(content));
  const withoutVars = planOf({
    resource_changes: [
      change("module.github_oidc[0].aws_iam_openid_connect_provider.this[0]", "delete"),
      change("module.github_oidc[0].aws_iam_policy.boundary", "delete"),
      change("module.image[0].aws_ecr_repository.this", "delete"),
      change('module.function["init-connect"].aws_lambda_function.this', "delete"),
    ],
    output_changes: given(["github", "image_repository", "logs"], []),
  });

  it("includes the lasting resources of every variable that VARS had before and lacks now", () => {
    expect(givenUp(withoutVars)).to.deep.equal([
      {
        name: "github",
        forgotten: true,
        destroyed: [
          "module.github_oidc[0].aws_iam_openid_connect_provider.this[0]",
          "module.github_oidc[0].aws_iam_policy.boundary",
        ],
      },
      { name: "image_repository", forgotten: true, destroyed: ["module.image[0].aws_ecr_repository.this"] },
      { name: "logs", forgotten: true, destroyed: [] },
    ]);
  });

  it("includes every lasting resource that is replaced, even if VARS is the same", () => {
    const plan = planOf({
      resource_changes: [
        change("module.github_oidc[0].aws_iam_role.apply", "delete", "create"),
        change("module.runner[0].aws_s3_bucket.this", "create", "delete"),
        change("module.runner[0].aws_ecs_task_definition.this", "delete", "create"),
      ],
      output_changes: given(["github", "runner"], ["github", "runner"]),
    });
    expect(givenUp(plan).map(({ name, destroyed }) => [name, destroyed])).to.deep.equal([
      ["github", ["module.github_oidc[0].aws_iam_role.apply"]],
      ["runner", ["module.runner[0].aws_s3_bucket.this"]],
    ]);
  });

  it("does not include a resource that is created or changed, nor a function that is removed, because a function is not a lasting resource", () => {
    const plan = planOf({
      resource_changes: [
        change("module.github_oidc[0].aws_iam_role.apply", "create"),
        change("module.image[0].aws_ecr_repository.this", "update"),
        change('module.function["init-connect"].aws_lambda_function.this', "delete"),
      ],
      output_changes: given(null, ["github"]),
    });
    expect(givenUp(plan)).to.deep.equal([]);
    expect(givenUp(planOf({}))).to.deep.equal([]);
  });

  it("names only the first resources of a variable if there are many", () => {
    const many = ["a", "b", "c", "d", "e"].map((name) => change(`module.github_oidc[0].${name}`, "delete"));
    expect(() => refuseGivingUp(planOf({ resource_changes: many }), [])).to.throw(
      "  github: destroys module.github_oidc[0].a, module.github_oidc[0].b, module.github_oidc[0].c and 2 more",
    );
  });

  it("is removed only if REMOVE names every variable that is given up", () => {
    const { code, message, hint } = refusalOf(() => refuseGivingUp(withoutVars, ["github"]));
    expect([EXIT[code], message.split("\n"), hint?.split("\n")[1]]).to.deep.equal([
      64,
      [
        "This plan removes parts of the deployment. Nothing was changed.",
        "  image_repository: VARS set it at the last apply and does not set it now; destroys module.image[0].aws_ecr_repository.this",
        "  logs: VARS set it at the last apply and does not set it now",
      ],
      "If this is intended: REMOVE=github,image_repository,logs",
    ]);
    refuseGivingUp(withoutVars, ["github", "image_repository", "logs"]);
  });
});
