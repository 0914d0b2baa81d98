import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/adapters/node/assets.ts";

const adapters = join(packageRoot(), "harness", "src", "adapters", "aws");
const document = readFileSync(join(packageRoot(), "docs", "permissions.md"), "utf8");

/** For each policy of docs/permissions.md, the source files whose calls it allows. */
const POLICIES: Readonly<Record<string, readonly string[]>> = {
  soak: ["lambda-driver.ts", "cloudwatch-log-source.ts", "cloudwatch-metric-source.ts", "function-sizes.ts"],
  provoke: ["function-changes.ts", "lever-look.ts", "delete-function.ts"],
  copy: ["function-copies.ts", "delete-function.ts"],
  doctor: ["account-look.ts", "lever-look.ts"],
  budget: ["account-functions.ts", "budget-look.ts"],
  scan: ["account-functions.ts", "log-group-list.ts", "log-group-insights.ts"],
};
/** Actions that AWS requires for the calls, and that no command is named after. */
const IMPLIED: Readonly<Record<string, readonly string[]>> = { copy: ["iam:PassRole", "lambda:TagResource"] };
/** These files create and change functions, but only in the local engine. */
const LOCAL = /^local-/;
const SERVICES: Readonly<Record<string, string>> = {
  lambda: "lambda",
  "cloudwatch-logs": "logs",
  cloudwatch: "cloudwatch",
};

/** Returns the IAM actions of the SDK commands that a source file imports. */
function actionsIn(source: string): readonly string[] {
  return [...source.matchAll(/import\s*\{([^}]*)\}\s*from\s*"@aws-sdk\/client-([a-z0-9-]+)"/g)].flatMap(
    ([, names = "", client = ""]) =>
      names
        .split(",")
        .map((name) => /^(?:([A-Z]\w+)Command|paginate([A-Z]\w+))$/.exec(name.trim()))
        .map((found) => found?.[1] ?? found?.[2])
        .filter((name) => name !== undefined)
        .map((name) => `${SERVICES[client] ?? client}:${name === "Invoke" ? "InvokeFunction" : name}`),
  );
}

const sources = readdirSync(adapters)
  .filter((name) => name.endsWith(".ts") && !LOCAL.test(name))
  .map((name) => ({ name, actions: actionsIn(readFileSync(join(adapters, name), "utf8")) }))
  .filter(({ actions }) => actions.length > 0);

interface Policy {
  readonly Statement: readonly {
    readonly Effect: string;
    readonly Action: string | readonly string[];
    readonly Resource: string | readonly string[];
  }[];
}
const policy = (name: string): Policy =>
  JSON.parse(
    new RegExp(`<!-- policy: ${name} -->\\s*\`\`\`json\\n([^]*?)\`\`\``).exec(document)?.[1] ?? "null",
  ) as Policy;
const allowed = (name: string): readonly string[] =>
  [...new Set(policy(name).Statement.flatMap(({ Action }) => Action))].sort();
const needed = (names: readonly string[]): readonly string[] =>
  [...new Set(sources.filter(({ name }) => names.includes(name)).flatMap(({ actions }) => actions))].sort();

describe("docs/permissions.md", () => {
  for (const [name, files] of Object.entries(POLICIES)) {
    it(`allows for ${name} exactly the actions that the source files of ${name} call`, () => {
      expect(allowed(name)).to.deep.equal([...needed(files), ...(IMPLIED[name] ?? [])].sort());
    });

    it(`names in its table every action that it allows for ${name}`, () => {
      const table = document
        .split("\n")
        .filter((line) => line.startsWith("| "))
        .join("\n");
      expect(allowed(name).filter((action) => !table.includes(`\`${action}\``))).to.deep.equal([]);
    });
  }

  it("is checked for every file that calls AWS", () => {
    const known = Object.values(POLICIES).flat();
    const strangers = sources
      .filter(({ name }) => !known.includes(name))
      .map(({ name, actions }) => `${name}: ${actions.join(", ")}`);
    expect(
      strangers,
      "add the actions of these files to docs/permissions.md, and the files to POLICIES in this test",
    ).to.deep.equal([]);
  });

  it("DeleteFunction is called on AWS in one file, which deletes only versions and copies", () => {
    const calling = sources.filter(({ actions }) => actions.includes("lambda:DeleteFunction"));
    expect(calling.map(({ name }) => name)).to.deep.equal(["delete-function.ts"]);
  });

  it("allows all resources only for actions that have no resource", () => {
    const everywhere = Object.keys(POLICIES).flatMap((name) =>
      policy(name)
        .Statement.filter(({ Resource }) => Resource === "*")
        .flatMap(({ Action }) => Action),
    );
    expect(everywhere).to.deep.equal([
      "cloudwatch:GetMetricData",
      "lambda:ListFunctions",
      "lambda:GetAccountSettings",
      "lambda:GetAccountSettings",
      "cloudwatch:GetMetricData",
      "lambda:ListFunctions",
      "lambda:GetAccountSettings",
      "lambda:ListFunctions",
      "logs:GetQueryResults",
      "logs:StopQuery",
    ]);
  });

  it("allows for a soak only actions that the runner's role has too", () => {
    const role = readFileSync(join(packageRoot(), "infra", "modules", "runner", "iam.tf"), "utf8");
    expect(
      [...allowed("soak"), "s3:PutObject"].filter((action) => !role.includes(`"${action}"`)),
    ).to.deep.equal([]);
  });

  it("names every variable that the workflows read", () => {
    const folder = join(packageRoot(), ".github", "workflows");
    const read = readdirSync(folder).flatMap((name) =>
      [...readFileSync(join(folder, name), "utf8").matchAll(/vars\.([A-Z_]+)/g)].map(
        ([, variable = ""]) => variable,
      ),
    );
    expect([...new Set(read)].filter((variable) => !document.includes(`\`${variable}\``))).to.deep.equal([]);
  });
});
