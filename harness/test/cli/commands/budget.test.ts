/** Tests `longrun budget` against the local engine, and against prepared answers for what the engine does not have. */
import {
  CreateAliasCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unpackCase } from "../../../../scripts/golden/cases.ts";
import { packageRoot } from "../../../src/adapters/node/assets.ts";
import { cannedService, json } from "../../adapters/aws/canned-service.ts";
import { activeFunction, handlerZip, testEngine, type TestEngine } from "../../engine/support/test-engine.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { longrun } from "../memory-machine.ts";

interface Printed {
  readonly servers: readonly {
    readonly server: { readonly name: string };
    readonly verdict: string;
    readonly connections: number | null;
    readonly atLeast: number;
    readonly ifClosed: number | null;
    readonly rows: readonly {
      readonly functionName: string;
      readonly kind: string;
      readonly connections: number | null;
      readonly run: string | null;
      readonly bound: string;
    }[];
    readonly reasons: readonly { readonly code: string }[];
  }[];
}

const SECRET = "hunter2-secret";
const SERVER = "postgres=db.internal:5432,limit=109";

describe("longrun budget", () => {
  describe("on the local engine", () => {
    const folder = temporaryFolder();
    let on: TestEngine;
    before(async () => {
      on = await testEngine();
      const zip = await handlerZip();
      const make = async (
        FunctionName: string,
        reserved: number | null,
        Variables: Readonly<Record<string, string>>,
        Tags: Readonly<Record<string, string>> = {},
      ): Promise<void> => {
        await activeFunction(on, FunctionName, zip, { Environment: { Variables }, Tags });
        if (reserved !== null)
          await on.lambda.send(
            new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: reserved }),
          );
      };
      const url = (host: string): string => `postgres://me:${SECRET}@${host}/app`;
      await make("orders", 33, { DATABASE_URL: url("DB.internal:5432") }, { team: "shop" });
      await make("bills", 10, { DATABASE_URL: url("db.internal") }, { team: "shop" });
      await make("other", 5, { DATABASE_URL: url("elsewhere.internal") });
      await make("unread", null, { DB_URL: SECRET });
      await make("none", null, { API_KEY: SECRET });
      await on.lambda.send(new PublishVersionCommand({ FunctionName: "bills" }));
      await on.lambda.send(
        new CreateAliasCommand({ FunctionName: "bills", Name: "live", FunctionVersion: "1" }),
      );
      await on.lambda.send(
        new PutProvisionedConcurrencyConfigCommand({
          FunctionName: "bills",
          Qualifier: "live",
          ProvisionedConcurrentExecutions: 10,
        }),
      );
    });
    after(() => on.close());

    const budget = (...more: readonly string[]): ReturnType<typeof longrun> =>
      longrun(["budget", "--endpoint", on.engine.endpoint, "--region", "eu-central-1", ...more]);
    const printed = async (...more: readonly string[]) => {
      const { code, out } = await budget(...more, "--json");
      const { servers } = JSON.parse(out) as Printed;
      return { code, servers };
    };

    it("chooses functions by the variable with the server's address, as docs/budget.md shows", async () => {
      const { code, out } = await longrun(
        [
          ...["budget", "--endpoint", on.engine.endpoint, "--region", "eu-central-1", "--server", SERVER],
          ...["--variable", "DATABASE_URL", "--connections", "orders=3", "--connections", "bills=1,closed"],
        ],
        { columns: 80 },
      );
      const page = readFileSync(join(packageRoot(), "docs", "budget.md"), "utf8");
      expect([code, /```text\n([\s\S]*?)```/.exec(page)?.[1]]).to.deep.equal([1, out]);
    });

    it("does not know how many connections a function has of which nobody said it", async () => {
      const { code, servers } = await printed("--server", SERVER, "--function", "orders");
      expect(code).to.equal(2);
      expect(
        servers[0]?.rows.map(({ kind, connections, bound }) => [kind, connections, bound]),
      ).to.deep.equal([["all", null, "unknown"]]);
    });

    it("shows no value of a variable, also if the variable has no address", async () => {
      const { code, out, err } = await budget("--server", SERVER, "--variable", "DB_URL");
      expect(code).to.equal(2);
      expect(out + err)
        .to.include("unread: Its variable has no address that longrun can read.")
        .and.not.to.include(SECRET);
    });

    it("guarantees room if every function closes its connections and the sum is within the limit", async () => {
      const { code, servers } = await printed(
        ...["--server", SERVER, "--tag", "team=shop"],
        ...["--connections", "orders=3,closed", "--connections", "bills=1,closed"],
      );
      expect(code).to.equal(0);
      expect(servers[0]).to.include({ verdict: "guaranteed", connections: 109 });
      const above = await budget(
        ...["--server", "postgres=db.internal:5432,limit=108", "--tag", "team=shop"],
        ...["--connections", "orders=3,closed", "--connections", "bills=1,closed"],
      );
      expect([
        above.code,
        above.out.includes("109 connections can exist, and postgres has 108."),
      ]).to.deep.equal([1, true]);
    });

    it("counts provisioned environments twice, and is not sure of it", async () => {
      const { code, servers } = await printed(
        ...["--server", SERVER, "--function", "bills", "--connections", "bills=2"],
      );
      expect(code).to.equal(2);
      expect(servers[0]).to.deep.include({ connections: 40, atLeast: 20, ifClosed: 20 });
      expect(servers[0]?.rows.map(({ kind, bound }) => [kind, bound])).to.deep.equal([
        ["provisioned live", "inferred"],
      ]);
    });

    it("takes the connections from a run, whose functions it finds by their names", async () => {
      unpackCase("five-designs", folder.path());
      const zip = await handlerZip();
      await activeFunction(on, "handler-connect", zip);
      await activeFunction(on, "init-connect", zip);
      const { code, out } = await longrun(
        [
          ...["budget", "--endpoint", on.engine.endpoint, "--region", "eu-central-1"],
          ...["--server", "gateway=10.0.9.9:7000,limit=1000", "--run", "."],
          ...["--function", "handler-connect", "--function", "init-connect", "--json"],
        ],
        { workingFolder: folder.path() },
      );
      const { rows = [] } = (JSON.parse(out) as Printed).servers[0] ?? {};
      expect(code).to.equal(1);
      expect(rows.map((row) => [row.functionName, row.run, row.bound])).to.deep.equal([
        ["handler-connect", ".", "documented"],
        ["init-connect", ".", "none"],
      ]);
    });

    it("counts each of several servers with the functions that name it", async () => {
      const { servers } = await printed(
        ...["--server", SERVER, "--server", "second=elsewhere.internal:5432,limit=9"],
        ...["--variable", "DATABASE_URL", "--connections", "other=1,closed"],
      );
      expect(
        servers.map(({ server, rows }) => [server.name, rows.map((row) => row.functionName)]),
      ).to.deep.equal([
        ["postgres", ["bills", "orders"]],
        ["second", ["other"]],
      ]);
    });

    for (const [title, flags, expected] of [
      [
        "a function that does not exist",
        ["--server", SERVER, "--function", "nobody"],
        /no such function in eu-central-1/,
      ],
      [
        "connections of a function that is not chosen",
        ["--server", SERVER, "--function", "bills", "--connections", "orders=3"],
        /--connections orders\s+this function is not one of the chosen functions/,
      ],
      [
        "a server whose address no function has",
        ["--server", "x=nowhere:1,limit=1", "--variable", "API_HOST:API_PORT"],
        /no chosen function has nowhere:1 in API_HOST:API_PORT/,
      ],
      ["no server", ["--function", "bills"], /expected --server NAME=HOST:PORT,limit=N/],
      ["no choice of functions", ["--server", SERVER], /expected --variable, --tag or --function/],
      [
        "two servers without a variable",
        ["--server", SERVER, "--server", "b=b:1,limit=1", "--tag", "a=b"],
        /they do not say which server a function uses/,
      ],
      ["a server without a limit", ["--server", "a=b:1", "--tag", "a=b"], /limit=NUMBER such as/],
      ["a link by name", ["--server", SERVER, "--variable", "host=a:1"], /expected a VARIABLE such as/],
    ] as const)
      it(`refuses ${title}`, async () => {
        const { code, err } = await budget(...flags);
        expect([code, expected.test(err)], err).to.deep.equal([64, true]);
      });
  });

  it("counts Managed Instances, tenants and SnapStart as AWS's API shows them", async () => {
    const arn = "arn:aws:lambda:eu-west-1:123456789012:function:";
    const managed = { CapacityProviderArn: "arn", PerExecutionEnvironmentMaxConcurrency: 16 };
    const functions = [
      {
        FunctionName: "managed",
        Runtime: "python3.13",
        CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: managed },
      },
      { FunctionName: "snap", Runtime: "java21" },
      {
        FunctionName: "tenants",
        Runtime: "python3.13",
        TenancyConfig: { TenantIsolationMode: "PER_TENANT" },
      },
    ];
    const service = await cannedService(({ path }, response) => {
      const name = /functions\/([^/?]+)\//.exec(path)?.[1] ?? "";
      if (path.includes("account-settings"))
        return json(response, 200, { AccountLimit: { UnreservedConcurrentExecutions: 900 } });
      if (path.includes("function-scaling-config"))
        return path.includes("PUBLISHED")
          ? json(
              response,
              404,
              { Type: "User", message: "none" },
              { "x-amzn-errortype": "ResourceNotFoundException" },
            )
          : json(response, 200, { AppliedFunctionScalingConfig: { MaxExecutionEnvironments: 5 } });
      if (path.includes("provisioned-concurrency"))
        return json(response, 200, { ProvisionedConcurrencyConfigs: [] });
      if (path.includes("/concurrency"))
        return json(response, 200, name === "tenants" ? { ReservedConcurrentExecutions: 1 } : {});
      if (path.includes("/versions"))
        return json(response, 200, {
          Versions: [
            { Version: "$LATEST" },
            { Version: "7", ...(name === "snap" ? { SnapStart: { ApplyOn: "PublishedVersions" } } : {}) },
          ],
        });
      return json(response, 200, {
        Functions: functions.map((one) => ({ ...one, FunctionArn: arn + one.FunctionName })),
      });
    });
    try {
      const { code, out } = await longrun([
        ...["budget", "--endpoint", service.endpoint, "--region", "eu-west-1", "--server", SERVER, "--json"],
        ...functions.flatMap((one) => [
          "--function",
          one.FunctionName,
          "--connections",
          `${one.FunctionName}=1`,
        ]),
      ]);
      const [found] = (JSON.parse(out) as Printed).servers;
      expect(code).to.equal(1);
      expect(
        found?.rows.map((row) => [row.functionName, row.kind, row.connections, row.bound]),
      ).to.deep.equal([
        ["managed", "managed 7", 80, "inferred"],
        ["snap", "SnapStart's Inits", null, "none"],
        ["snap", "on demand", null, "none"],
        ["tenants", "tenants", 3, "inferred"],
      ]);
      expect(found).to.deep.include({ connections: null, atLeast: 48 });
    } finally {
      await service.close();
    }
  });

  it("names the permission that is missing", async () => {
    const service = await cannedService((_, response) => {
      json(response, 403, { message: "not authorized" }, { "x-amzn-errortype": "AccessDeniedException" });
    });
    try {
      const { code, err } = await longrun([
        ...["budget", "--endpoint", service.endpoint, "--region", "eu-west-1"],
        ...["--server", SERVER, "--function", "orders"],
      ]);
      expect([code, err.includes("lambda:ListFunctions")]).to.deep.equal([69, true]);
    } finally {
      await service.close();
    }
  });
});
