import { expect } from "chai";
import { fakeAccount, type AccountSettings, type FakeQuery } from "../scan/fake-account.ts";
import { longrun, memoryMachine } from "./memory-machine.ts";
import { itInTestAll } from "../support/test-all.ts";
import { main } from "../../src/cli/main.ts";

const FIFTY_AND_ONE = Object.fromEntries(
  Array.from({ length: 51 }, (_, index) => [`f${String(index).padStart(2, "0")}`, null]),
);
const isMinutes = (query: FakeQuery): boolean => query.queryString.includes("bin(1m)");

type Account = Awaited<ReturnType<typeof fakeAccount>>;

describe("longrun scan", () => {
  let account: Account | null = null;
  const given = async (settings: AccountSettings = {}): Promise<readonly string[]> => {
    account = await fakeAccount(settings);
    return ["scan", "--region", "eu-west-1", "--endpoint", account.endpoint];
  };
  afterEach(async () => {
    await account?.close();
    account = null;
  });

  it("ranks the functions of an account by the counts of Logs Insights", async () => {
    const command = await given({
      functions: { gateway: 1, api: null },
      groups: [
        "/aws/lambda/deleted-function",
        // Lambda copies the events of the second group into the first one.
        "/aws/lambda/web/shop",
        "/aws/lambda/web/shop.local",
      ],
      result: (_, asked) => ({ status: asked === 1 ? "Scheduled" : asked === 2 ? "Running" : "Complete" }),
      rows: (query) =>
        isMinutes(query)
          ? [{ "@log": "123456789012:/aws/lambda/gateway", minutesWithSeveral: "3", mostInAMinute: "2" }]
          : [
              {
                "@log": "123456789012:/aws/lambda/api",
                functionVersion: "$LATEST",
                environments: "3",
                initWithoutInvoke: "1",
              },
              {
                "@log": "123456789012:/aws/lambda/api",
                functionVersion: "7",
                environments: "1",
                initWithoutInvoke: "0",
              },
              {
                "@log": "123456789012:/aws/lambda/gateway",
                functionVersion: "-",
                environments: "9",
                initWithoutInvoke: "2",
                initConnects: "9",
              },
            ],
    });
    const { code, out } = await longrun([...command, "--yes", "--json"]);
    expect(code).to.equal(0);
    const found = JSON.parse(out) as Record<string, unknown>;
    expect(found).to.include({ schemaVersion: 1, region: "eu-west-1", bytesScanned: 5_000_000 });
    expect(found["functions"]).to.deep.equal([
      {
        rank: 1,
        logGroup: "/aws/lambda/gateway",
        functionNames: ["gateway"],
        reservedConcurrency: 1,
        environments: 9,
        initWithoutInvoke: 2,
        initConnects: 9,
        versions: [{ version: null, environments: 9, initWithoutInvoke: 2, initConnects: 9 }],
        minutesWithSeveral: 3,
        mostInAMinute: 2,
        text: "Initialised and never invoked: 2 of 9 environments; Inits or invocations of several environments in 3 minutes (at most 2); 9 connects in the Init phase.",
      },
      {
        rank: 2,
        logGroup: "/aws/lambda/api",
        functionNames: ["api"],
        reservedConcurrency: null,
        environments: 4,
        initWithoutInvoke: 1,
        initConnects: null,
        versions: [
          { version: "7", environments: 1, initWithoutInvoke: 0, initConnects: null },
          { version: "$LATEST", environments: 3, initWithoutInvoke: 1, initConnects: null },
        ],
        minutesWithSeveral: null,
        mostInAMinute: null,
        text: "Initialised and never invoked: 1 of 4 environments ($LATEST: 1 of 3).",
      },
      {
        rank: 3,
        logGroup: "/aws/lambda/deleted-function",
        functionNames: [],
        reservedConcurrency: null,
        environments: null,
        initWithoutInvoke: null,
        initConnects: null,
        versions: [],
        minutesWithSeveral: null,
        mostInAMinute: null,
        text: "Nothing was logged in this time.",
      },
      {
        rank: 4,
        logGroup: "/aws/lambda/web/shop",
        functionNames: [],
        reservedConcurrency: null,
        environments: null,
        initWithoutInvoke: null,
        initConnects: null,
        versions: [],
        minutesWithSeveral: null,
        mostInAMinute: null,
        text: "Nothing was logged in this time. A Web Function: an environment counts as invoked when it begins to serve requests.",
      },
    ]);
  });

  it("shows the cost, and starts no query if the user does not answer yes", async () => {
    const command = await given({ functions: { gateway: 1 }, storedBytes: 1e12 });
    const { code, err } = await longrun([...command, "--since", "24h"], { answer: "n" });
    expect([code, account?.started.length]).to.deep.equal([130, 0]);
    expect(err).to.include("1 log group, 1d: about 2000.000 GB to read, about $10.00.");
    for (const line of err.split("\n")) expect(line.length, line).to.be.at.most(80);
  });

  it("starts the queries if the user answers yes", async () => {
    const command = await given({ functions: { gateway: null } });
    expect((await longrun(command, { answer: "y" })).code).to.equal(0);
    expect(account?.started.length).to.equal(1);
  });

  it("shows the cost and requires --yes if it cannot ask the user", async () => {
    const command = await given({ functions: { gateway: null } });
    const { code, err } = await longrun(command, { answer: null });
    expect([code, account?.started.length]).to.deep.equal([64, 0]);
    expect(err).to.match(/GB to read[\s\S]*expected --yes, because no user can be asked/);
  });

  it("gives the queries start and end of the given time in seconds, and puts fifty log groups into one query", async () => {
    const command = await given({ functions: FIFTY_AND_ONE });
    expect((await longrun([...command, "--yes", "--since", "2h"])).code).to.equal(0);
    const sizes = account?.started.map((query) => query.logGroupNames.length).sort();
    expect(sizes).to.deep.equal([1, 50]);
    const { startTime, endTime } = account?.started[0] as FakeQuery;
    expect(endTime - startTime).to.be.within(7_200, 7_201);
  });

  it("ranks the other functions if a query times out, and says what it did not read", async () => {
    const command = await given({
      functions: FIFTY_AND_ONE,
      result: (query) => ({ status: query.logGroupNames.length === 1 ? "Timeout" : "Complete" }),
      rows: () => [{ "@log": "123456789012:/aws/lambda/f00", environments: "1", initWithoutInvoke: "1" }],
    });
    const { code, out, err } = await longrun([...command, "--yes"]);
    expect(code).to.equal(0);
    expect(err).to.include(
      "Not everything was read: the query ended as Timeout. Without an answer: /aws/lambda/f50",
    );
    expect(out)
      .to.match(/^ {2}1 {2}f00\n/)
      .and.to.include("Nothing is known of 50 log groups");
  });

  it("continues if a query cannot be started", async () => {
    const command = await given({
      functions: FIFTY_AND_ONE,
      refuse: (query) =>
        query.logGroupNames.length === 1
          ? [400, { __type: "ResourceNotFoundException", message: "The specified log group does not exist." }]
          : null,
    });
    const { code, out, err } = await longrun([...command, "--yes", "--json"]);
    expect([code, (JSON.parse(out) as { notRead: unknown }).notRead]).to.deep.equal([0, ["/aws/lambda/f50"]]);
    expect(err).to.include("The specified log group does not exist.");
  });

  itInTestAll("tries again if the account allows no further query at the moment", async () => {
    const command = await given({
      functions: { gateway: null },
      refuse: (_, tries) => (tries <= 2 ? [400, { __type: "LimitExceededException" }] : null),
    });
    expect((await longrun([...command, "--yes"])).code).to.equal(0);
    expect(account?.started.length).to.equal(1);
  });

  it("makes no report if no query was answered", async () => {
    const failed = await given({ functions: { gateway: 1 }, result: () => ({ status: "Failed" }) });
    expect(await longrun([...failed, "--yes"])).to.deep.include({ code: 69, out: "" });
    await account?.close();
    const refused = await given({
      functions: { gateway: 1 },
      refuse: () => [400, { __type: "AccessDeniedException", message: "not authorized: logs:StartQuery" }],
    });
    const { code, err } = await longrun([...refused, "--yes"]);
    expect([code, err.includes("not authorized: logs:StartQuery")]).to.deep.equal([69, true]);
  });

  it("when it is interrupted, stops the queries that are running", async () => {
    const command = await given({ functions: FIFTY_AND_ONE, result: () => ({ status: "Running" }) });
    const machine = memoryMachine([...command, "--yes"]);
    const ended = main(machine);
    while (account?.started.length !== 2) await new Promise((resolve) => setImmediate(resolve));
    machine.send("SIGINT");
    expect(await ended).to.equal(130);
    expect([...account.stopped].sort()).to.deep.equal(["query-1", "query-2"]);
    expect(machine.err()).to.include("Queries that were running were stopped too");
  });

  it("starts no query and has no cost if no function has ever logged", async () => {
    const { code, out, err } = await longrun(await given());
    expect([code, out]).to.deep.equal([0, "There is no log group of a Lambda function in eu-west-1.\n"]);
    expect(err).not.to.include("GB");
  });

  it("requires a region and a time in the past", async () => {
    const { code, err } = await longrun(["scan"]);
    expect([code, err.includes("expected --region or AWS_REGION")]).to.deep.equal([64, true]);
    const future = await longrun([...(await given()), "--since", "2999-01-01"]);
    expect([future.code, future.err.includes("expected an instant in the past")]).to.deep.equal([64, true]);
  });
});

describe("longrun scan without valid credentials", () => {
  const NO_CREDENTIALS = {
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_PROFILE: undefined,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_CONFIG_FILE: "/dev/null",
  };
  const before_ = { ...process.env };
  before(() => {
    for (const [name, value] of Object.entries(NO_CREDENTIALS))
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  });
  after(() => {
    for (const name of Object.keys(NO_CREDENTIALS))
      if (before_[name] === undefined) delete process.env[name];
      else process.env[name] = before_[name];
  });

  it("says how to sign in", async () => {
    const { code, err } = await longrun(["scan", "--region", "eu-west-1", "--yes"]);
    expect([code, err.includes("Sign in to AWS first")]).to.deep.equal([69, true]);
  });
});
