import { expect } from "chai";
import { readFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";
import { bootstrapFile, designPackageFile } from "../../src/adapters/node/assets.ts";
import { systemClock } from "../../src/adapters/node/system-clock.ts";
import { checkHandler } from "../../src/explore/check-handler.ts";
import { playSchedule, type Played } from "../../src/explore/play-schedule.ts";
import { SCHEDULE_TIMES, type ScheduleStep, type ScheduleTimes } from "../../src/explore/schedule.ts";
import { openStage, type Stage } from "../../src/explore/stage.ts";
import { SEARCH_MEMORY_MB } from "../../src/words/search-memory.ts";
import { isLongrunError } from "../../src/base/errors.ts";
import { itInTestAll, itOnce } from "../support/test-all.ts";

/** Long limits, so that a busy machine does not end a step too early. */
const TIMES: ScheduleTimes = { ...SCHEDULE_TIMES, functionTimeoutMs: 60_000, connectTimeoutMs: 30_000 };
const PLAY = {
  admission: "refuse",
  capacity: 1,
  times: TIMES,
  payload: Buffer.from("{}"),
  clock: systemClock,
  toolVersion: "0.0.0",
} as const;
const stageOf = (zip: Uint8Array, times: ScheduleTimes = TIMES): Promise<Stage> =>
  openStage({
    zip,
    handler: "handler.handler",
    environment: {},
    times,
    bootstrapFile: bootstrapFile(),
    clock: systemClock,
  });

describe("playSchedule, on real processes", () => {
  const stages = new Map<string, Stage>();
  const play = async (design: string, steps: readonly ScheduleStep[]): Promise<Played> => {
    const stage = stages.get(design) ?? (await stageOf(readFileSync(designPackageFile(design))));
    stages.set(design, stage);
    return playSchedule(stage, steps, { label: design, ...PLAY });
  };
  after(async () => {
    for (const stage of stages.values()) await stage.close();
  });

  const AHEAD_ELSEWHERE: readonly ScheduleStep[] = [
    { step: "initialise-ahead" },
    { step: "invoke", environment: "new" },
  ];
  const SILENT_END: readonly ScheduleStep[] = [
    { step: "invoke-and-end", environment: "new", ending: "silence" },
    { step: "invoke", environment: "new" },
  ];
  for (const { ahead, harmed } of [
    { ahead: 1, harmed: false },
    { ahead: 2, harmed: true },
  ])
    itOnce(
      `finds ${harmed ? "harm" : "no harm"} in an invocation after ${ahead} never-invoked environments, at a peer with two places`,
      async () => {
        const stage =
          stages.get("init-connect") ?? (await stageOf(readFileSync(designPackageFile("init-connect"))));
        stages.set("init-connect", stage);
        const steps: readonly ScheduleStep[] = [
          ...Array.from({ length: ahead }, (): ScheduleStep => ({ step: "initialise-ahead" })),
          { step: "invoke", environment: "new" },
        ];
        const played = await playSchedule(stage, steps, { label: "init-connect", ...PLAY, capacity: 2 });
        expect([played.harmed, played.result.functions[0]?.exposure.total]).to.deep.equal([
          harmed,
          harmed ? 1 : 0,
        ]);
      },
    );

  const table: readonly (readonly [string, string, readonly ScheduleStep[], string, boolean])[] = [
    ["the failure of README.md", "init-connect", AHEAD_ELSEWHERE, "fail", true],
    ["the same schedule with the fix", "handler-connect", AHEAD_ELSEWHERE, "pass", false],
    ["a silent end during an invocation", "handler-connect", SILENT_END, "fail", true],
    [
      "an end with FIN during an invocation",
      "handler-connect",
      [
        { step: "invoke-and-end", environment: "new", ending: "fin" },
        { step: "invoke", environment: "new" },
      ],
      "inconclusive",
      false,
    ],
    [
      "an idle environment that keeps its connection",
      "lazy-connect",
      [
        { step: "invoke", environment: "new" },
        { step: "invoke", environment: "new" },
      ],
      "fail",
      true,
    ],
    [
      "a connection that the peer closed after a long freeze",
      "lazy-connect",
      [
        { step: "invoke", environment: "new" },
        { step: "freeze-long" },
        { step: "invoke", environment: "new" },
      ],
      "inconclusive",
      false,
    ],
  ];
  for (const [title, design, steps, verdict, harmed] of table) {
    itOnce(`${title}: ${design} has the verdict ${verdict}`, async () => {
      const played = await play(design, steps);
      expect({ verdict: played.result.verdict, harmed: played.harmed }).to.deep.equal({ verdict, harmed });
    });
  }

  const LATEST: ScheduleStep = { step: "invoke-version", version: "$LATEST" };
  const levers: readonly (readonly [
    string,
    readonly ScheduleStep[],
    readonly string[],
    readonly (readonly number[])[],
  ])[] = [
    [
      "versions",
      [
        { step: "invoke-version", version: 1 },
        { step: "invoke-version", version: 2 },
        { step: "invoke-version", version: 1 },
      ],
      ["1", "2"],
      [[1], [2], [1]],
    ],
    ["update", [LATEST, { step: "update" }, LATEST], ["$LATEST", "$LATEST"], [[1], [], [2]]],
    ["provisioned", [{ step: "provision" }, LATEST], ["1", "$LATEST"], [[1], [2]]],
  ];
  for (const [lever, steps, versions, placed] of levers)
    for (const design of ["init-connect", "handler-connect"]) {
      // After an update no log line shows how long the old environment lives on.
      const exposed = lever !== "update";
      const verdict = design === "init-connect" ? "fail" : exposed ? "pass" : "inconclusive";
      itOnce(
        `the lever ${lever} by itself: ${design} has the verdict ${verdict}, and it says so`,
        async () => {
          const { result, steps: played } = await play(design, steps);
          const [judged] = result.functions;
          expect({
            verdict: result.verdict,
            provoked: judged?.exposure.provoked,
            versions: judged?.environments.map(({ version }) => version).sort(),
            placed: played.map(({ environments }) => environments),
          }).to.deep.equal({
            verdict,
            provoked: [{ lever, exposures: exposed ? 1 : 0 }],
            versions: [...versions].sort(),
            placed,
          });
        },
      );
    }

  itOnce("an update makes a new environment of $LATEST only", async () => {
    const { steps } = await play("handler-connect", [
      { step: "invoke-version", version: 1 },
      LATEST,
      { step: "update" },
      { step: "invoke-version", version: 1 },
      LATEST,
      { step: "retire", environment: 2, ending: "fin" },
      LATEST,
    ]);
    expect(steps.map(({ environments }) => environments)).to.deep.equal([[1], [2], [], [1], [3], [2], [3]]);
  });

  for (const memoryMb of [null, 1_024])
    itOnce(
      `gives the function ${memoryMb === null ? "the usual memory" : "the memory that the user gave"}`,
      async () => {
        const stage = await openStage({
          zip: readFileSync(designPackageFile("init-connect")),
          handler: "handler.handler",
          environment: {},
          memoryMb,
          times: TIMES,
          bootstrapFile: bootstrapFile(),
          clock: systemClock,
        });
        stages.set(`memory ${memoryMb}`, stage);
        expect(stage.makeSnapshot().memorySizeMb).to.equal(memoryMb ?? SEARCH_MEMORY_MB);
      },
    );

  itOnce("makes its peer reachable by the host name that the function uses", async function () {
    const peer = { name: "plc.internal", port: 17_000 };
    const opened = openStage({
      zip: readFileSync(designPackageFile("init-connect")),
      handler: "handler.handler",
      environment: { PEER_HOST: peer.name, PEER_PORT: String(peer.port) },
      times: TIMES,
      links: [{ name: null, place: peer, protocol: null }],
      bootstrapFile: bootstrapFile(),
      clock: systemClock,
    });
    const stage = await opened.catch((error: unknown) => {
      if (isLongrunError(error) && /isolation namespaces/.test(error.message)) return this.skip();
      throw error;
    });
    stages.set("by name", stage);
    const played = await playSchedule(stage, AHEAD_ELSEWHERE, { label: "init-connect", ...PLAY });
    expect({ verdict: played.result.verdict, harmed: played.harmed }).to.deep.equal({
      verdict: "fail",
      harmed: true,
    });
  });

  describe("with two peers of one function", () => {
    /** Keeps its connection to the database, and closes its connection to the cache. */
    const TWO_PEERS = `
      import { connect } from "node:net";
      const open = (name) => new Promise((resolve, reject) => {
        const [host, port] = process.env[name].split(":");
        const socket = connect(Number(port), host);
        socket.on("error", reject).on("close", () => reject(new Error(name + " closed")));
        socket.once("data", () => resolve(socket)).write("get");
      });
      const closed = (socket) => new Promise((resolve) => socket.on("close", resolve).end());
      let db = await open("DB").catch(() => null);
      export const handler = async () => {
        db ??= await open("DB");
        await closed(await open("CACHE"));
        return 1;
      };`;
    let stage: Stage;
    before(async () => {
      stage = await openStage({
        zip: await zipOf(TWO_PEERS),
        handler: "handler.handler",
        environment: { DB: "db.internal:5432", CACHE: "cache.internal:6379" },
        times: TIMES,
        links: ["DB", "CACHE"].map((variable) => ({
          name: variable.toLowerCase(),
          place: { variable },
          protocol: null,
        })),
        bootstrapFile: bootstrapFile(),
        clock: systemClock,
      });
      stages.set("two peers", stage);
    });
    const judged = async (capacities: Record<string, number>) => {
      const options = { label: "two-peers", ...PLAY, capacities };
      const { harmed, result, stateKey } = await playSchedule(stage, AHEAD_ELSEWHERE, options);
      const peers = result.functions[0]?.peers ?? [];
      return { harmed, stateKey, peers: peers.map((one) => [one.name, one.capacity, one.harm > 0]) };
    };

    itOnce("finds the peer that was held, with the same result each time", async () => {
      await checkHandler(stage, { label: "two-peers", ...PLAY });
      const first = await judged({});
      expect({ harmed: first.harmed, peers: first.peers }).to.deep.equal({
        harmed: true,
        peers: [
          ["db", 1, true],
          ["cache", 1, false],
        ],
      });
      expect(await judged({})).to.deep.equal(first);
    });

    itOnce("gives each peer its own number of places", async () => {
      const { harmed, peers } = await judged({ db: 2 });
      expect({ harmed, peers }).to.deep.equal({
        harmed: false,
        peers: [
          ["db", 2, false],
          ["cache", 1, false],
        ],
      });
    });
  });

  itOnce("gives each environment its own /tmp if the machine allows it", async function () {
    const stage = await stageOf(
      await zipOf(
        "import { writeFileSync } from 'node:fs';\n" +
          "writeFileSync('/tmp/longrun-claimed', '', { flag: 'wx' });\n" +
          "export const handler = async () => 1;",
      ),
    );
    stages.set("own /tmp", stage);
    if (stage.fleet.isolation !== "namespaces") this.skip();
    const { steps } = await playSchedule(stage, AHEAD_ELSEWHERE, { label: "handler", ...PLAY });
    expect(steps.map(({ outcome }) => outcome)).to.deep.equal([null, { outcome: "succeeded" }]);
  });

  itOnce("begins no step before the Invoke phase of the previous invocation has ended", async () => {
    const stage = await stageOf(
      await zipOf(
        "export const handler = awslambda.streamifyResponse(async (event, stream) => {\n" +
          "  stream.end('1');\n" +
          "  await new Promise((resolve) => setTimeout(resolve, 300));\n" +
          "});",
      ),
    );
    stages.set("late", stage);
    const steps: readonly ScheduleStep[] = [
      { step: "invoke", environment: "new" },
      { step: "invoke", environment: 1 },
    ];
    const played = await playSchedule(stage, steps, { label: "handler", ...PLAY });
    expect(played.steps.map(({ outcome }) => outcome)).to.deep.equal([
      { outcome: "succeeded" },
      { outcome: "succeeded" },
    ]);
  });

  itOnce("returns what happened at each step", async () => {
    // The second step lasts as long as the function's time-out.
    const times = { ...TIMES, functionTimeoutMs: SCHEDULE_TIMES.functionTimeoutMs };
    const stage = await stageOf(readFileSync(designPackageFile("handler-connect")), times);
    stages.set("time-out", stage);
    const { steps } = await playSchedule(
      stage,
      [
        { step: "peer-drops" },
        { step: "time-out", environment: "new" },
        { step: "crash", environment: 1 },
        { step: "retire", environment: 1, ending: "fin" },
      ],
      { label: "handler-connect", ...PLAY, times },
    );
    expect(
      steps.map(({ environments, acted, asked, outcome }) => ({
        environments,
        acted,
        asked,
        outcome: outcome?.outcome ?? null,
      })),
    ).to.deep.equal([
      { environments: [], acted: false, asked: false, outcome: null },
      { environments: [1], acted: true, asked: true, outcome: "function-error" },
      { environments: [], acted: false, asked: false, outcome: null },
      { environments: [1], acted: true, asked: false, outcome: null },
    ]);
  });

  itOnce(
    "returns the same state key for schedules that lead to the same state, and another key for another state",
    async () => {
      const invokedOnce = await play("handler-connect", [{ step: "invoke", environment: "new" }]);
      const invokedTwice = await play("handler-connect", [
        { step: "invoke", environment: "new" },
        { step: "invoke", environment: 1 },
      ]);
      const neverInvoked = await play("handler-connect", [{ step: "initialise-ahead" }]);
      expect([
        invokedOnce.stateKey === invokedTwice.stateKey,
        invokedOnce.stateKey === neverInvoked.stateKey,
      ]).to.deep.equal([true, false]);
    },
  );

  itOnce("leaves no environment running", async () => {
    await play("handler-connect", SILENT_END);
    expect(stages.get("handler-connect")?.fleet.environments()).to.deep.equal([]);
  });

  itInTestAll(
    "returns the same verdict and state key each time when it plays one schedule twelve times at once",
    async () => {
      const stage = await stageOf(readFileSync(designPackageFile("init-connect")));
      stages.set("twelve at a time", stage);
      const verdicts = await Promise.all(
        Array.from({ length: 12 }, () =>
          playSchedule(stage, AHEAD_ELSEWHERE, { label: "init-connect", ...PLAY }),
        ),
      );
      expect(new Set(verdicts.map(({ result, stateKey }) => `${result.verdict} ${stateKey}`)).size).to.equal(
        1,
      );
    },
  );

  itOnce("reports the error of a handler that does not load", async () => {
    const stage = await stageOf(readFileSync(designPackageFile("handler-connect")));
    const broken: Stage = {
      ...stage,
      makeSnapshot: (peer) => ({ ...stage.makeSnapshot(peer), handler: "nothing.handler" }),
    };
    const error = await thrownBy(checkHandler(broken, { label: "handler-connect", ...PLAY }));
    await stage.close();
    expect(isLongrunError(error) && error.code).to.equal("usage");
    expect(String(error)).to.include(
      "handler-connect: expected a handler that can be loaded, but Runtime.ImportModuleError: Error: Cannot find module 'nothing'\n",
    );
    expect(String(error)).to.include("- /var/runtime/index.mjs").and.not.to.include("longrun-stage");
  });

  itOnce("reports a module's error and the line that threw it, with its path on Lambda", async () => {
    const stage = await stageOf(
      await zipOf("throw new Error('no address given');\nexport const handler = async () => 1;"),
    );
    const error = await thrownBy(checkHandler(stage, { label: "handler", ...PLAY }));
    await stage.close();
    expect(isLongrunError(error) && error.code).to.equal("usage");
    expect(String(error))
      .to.include("although the peer is free: Error: no address given\n")
      .and.to.match(/\n *at .*\/var\/task\/handler\.mjs:1:7/);
    expect(String(error).split("no address given")).to.have.lengthOf(2);
  });

  itOnce(
    "reports a handler that fails before it connects, with the error and the line that threw it",
    async () => {
      const stage = await stageOf(
        await zipOf("export const handler = async () => {\n  throw new RangeError('no recipe');\n};"),
      );
      const error = await thrownBy(checkHandler(stage, { label: "cook", ...PLAY }));
      await stage.close();
      expect(isLongrunError(error) && error.code).to.equal("usage");
      expect(String(error)).to.match(
        /cook: the handler handler\.handler fails before it connects to the peer: RangeError: no recipe\n {2}at .*\/var\/task\/handler\.mjs:2:9/,
      );
    },
  );

  itOnce("refuses a handler that never connects, because no schedule can break it", async () => {
    const stage = await stageOf(
      await zipOf("export const handler = async () => { console.log('I have no address'); return 1; };"),
    );
    const error = await thrownBy(checkHandler(stage, { label: "handler", ...PLAY }));
    await stage.close();
    expect(isLongrunError(error) && error.code).to.equal("usage");
    expect(String(error)).to.match(/does not connect to the peer.*\n.*I have no address/);
  });
});

const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (thrown: unknown) => thrown,
  );

function zipOf(source: string): Promise<Buffer> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(source), "handler.mjs");
  zip.end();
  return buffer(zip.outputStream);
}
