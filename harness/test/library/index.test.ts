import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import {
  design,
  LifecycleExpectationError,
  LongrunError,
  startEngine,
  startPeer,
  type Engine,
  type FunctionUnderTest,
  type PeerUnderTest,
} from "../../src/library/index.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

async function thrownBy(work: () => Promise<unknown>): Promise<Error> {
  try {
    await work();
  } catch (error) {
    return error as Error;
  }
  throw new Error("expected an error");
}

/** Connects in its module scope to the machine that the variable MACHINE names. */
const BY_VARIABLE = `import net from "node:net";
const url = new URL(process.env.MACHINE);
const socket = net.connect(Number(url.port), url.hostname);
await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
socket.on("error", () => undefined).write("hello");
export const handler = async () => new Promise((resolve, reject) => socket.once("data", () => resolve(true)).once("close", () => reject(new Error("busy"))));`;

/** Keeps its connection to the database, and closes its connection to the cache. */
const TWO_PEERS = `
import { connect } from "node:net";
const open = (host, port) => new Promise((resolve, reject) => {
  const socket = connect(Number(port), host);
  socket.on("error", reject).on("close", () => reject(new Error(host + " closed")));
  socket.once("data", () => resolve(socket)).write("get");
});
const openDb = () => { const { hostname, port } = new URL(process.env.DB); return open(hostname, port); };
const closed = (socket) => new Promise((resolve) => socket.on("close", resolve).end());
let db = await openDb().catch(() => null);
export const handler = async () => {
  db ??= await openDb();
  await closed(await open(process.env.CACHE_HOST, process.env.CACHE_PORT));
  return true;
};`;

/** Like BY_VARIABLE, but sends nothing until the handler runs, as many functions in Go, Python and Java do. */
const SILENT_IN_INIT = BY_VARIABLE.replace('.write("hello")', "").replace(
  "async () => new Promise",
  'async () => socket.write("read") && new Promise',
);

describe("the library in a user's own process", () => {
  it("prints no warning of AWS's client about the version of Node", () => {
    const module = JSON.stringify(new URL("../../src/library/index.ts", import.meta.url).href);
    const program = `const { startEngine } = await import(${module}); await (await startEngine()).close();`;
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--import", "tsx", "--input-type=module", "--eval", program],
      {
        encoding: "utf8",
        env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: undefined },
      },
    );
    expect([status, stderr]).to.deep.equal([0, ""]);
  });
});

describe("the library with the address of the peer in one variable", () => {
  const folder = temporaryFolder();
  let engine: Engine;
  before(async () => {
    engine = await startEngine({ link: { variable: "MACHINE" } });
  });
  after(() => engine.close());

  it("puts the address of each environment's own link to the peer into the variable", async () => {
    const peer = await startPeer();
    const code = join(folder.path(), "handler.mjs");
    writeFileSync(code, BY_VARIABLE);
    const fn = await engine.createFunction({
      code,
      peer,
      environment: { MACHINE: "tcp://me:secret@plc:502" },
    });
    const { openConnections } = await fn.initialiseAhead();
    expect((await fn.invoke()).payload).to.equal(true);
    const accepted = peer.log().filter((record) => record.event === "accepted");
    expect({ openConnections, accepted: accepted.length }).to.deep.equal({ openConnections: 1, accepted: 1 });
    await peer.close();
  });

  it("shows the harm of a function that connects in Init and sends nothing until it is invoked", async () => {
    const peer = await startPeer();
    const code = join(folder.path(), "silent.mjs");
    writeFileSync(code, SILENT_IN_INIT);
    const fn = await engine.createFunction({ code, peer, environment: { MACHINE: "tcp://plc:502" } });
    await fn.initialiseAhead();
    const { ok } = await fn.invoke({}, { placement: "new" });
    const { verdict } = await fn.analyze();
    expect({ ok, verdict }).to.deep.equal({ ok: false, verdict: "fail" });
    expect(peer.log().map(({ event }) => event)).to.deep.equal(["ready", "accepted", "refused"]);
    await fn.expectHarm();
    await peer.close();
  });

  it("refuses a function whose variable is missing or names no port", async () => {
    const code = join(folder.path(), "handler.mjs");
    writeFileSync(code, BY_VARIABLE);
    const messages = [];
    for (const environment of [{ OTHER: "x" }, { MACHINE: "tcp://plc" }])
      messages.push((await thrownBy(() => engine.createFunction({ code, environment }))).message);
    expect(messages).to.deep.equal([
      "link: the function has no variable MACHINE; it has OTHER",
      "link: MACHINE names plc without a port: add it as :PORT",
    ]);
  });
});

describe("the library with another client of the peer", () => {
  let engine: Engine;
  before(async () => {
    engine = await startEngine();
  });
  after(() => engine.close());

  it("counts a client as a stranger if `strangers` names it, even if its name looks like a log stream", async () => {
    const logStream = "2026/01/01/[$LATEST]0123456789abcdef0123456789abcdef";
    const peer = await startPeer();
    const client = connect(peer.port, peer.host);
    client.write(`${JSON.stringify({ type: "hello", bootId: null, logStream, phase: null })}\n`);
    await once(client, "data");
    const causes = await Promise.all(
      [[], [logStream]].map(async (strangers) => {
        const fn = await engine.createFunction({ ...design("handler-connect"), peer, strangers });
        await fn.invoke();
        return (await fn.analyze()).invocationList.map(({ cause }) => cause);
      }),
    );
    client.destroy();
    await peer.close();
    expect(causes).to.deep.equal([[null], ["peer-held-by-stranger"]]);
  });
});

describe("the library with several peers of one function", () => {
  const folder = temporaryFolder();
  let engine: Engine;
  let code = "";
  beforeEach(() => {
    code = join(folder.path(), "two.mjs");
    writeFileSync(code, TWO_PEERS);
  });
  before(async () => {
    engine = await startEngine({
      links: { db: { variable: "DB" }, cache: { hostVariable: "CACHE_HOST", portVariable: "CACHE_PORT" } },
    });
  });
  after(() => engine.close());

  it("says which peer was held, and judges each peer by its own log and capacity", async () => {
    const [db, cache] = [await startPeer(), await startPeer({ capacity: 2 })];
    const fn = await engine.createFunction({
      code,
      peers: { db, cache },
      environment: { DB: "tcp://db.internal:5432" },
    });
    await fn.initialiseAhead();
    const { ok } = await fn.invoke({}, { placement: "new" });
    const { verdict, peers = [] } = await fn.analyze();
    expect({ ok, verdict, peers: peers.map((one) => [one.name, one.capacity, one.harm]) }).to.deep.equal({
      ok: false,
      verdict: "fail",
      peers: [
        ["db", 1, 1],
        ["cache", 2, 0],
      ],
    });
    await fn.expectHarm();
    await Promise.all([db.close(), cache.close()]);
  });

  it("refuses a function that does not have a peer for each link, and links with invalid names", async () => {
    const host = "127.0.0.1";
    const messages = [
      await thrownBy(() => engine.createFunction({ code, peers: { db: { host, port: 1 } } })),
      await thrownBy(() => engine.createFunction({ code, peer: { host, port: 1 } })),
      await thrownBy(() => startEngine({ links: {} })),
      await thrownBy(() => startEngine({ links: { "1": { variable: "DB" } } })),
      await thrownBy(() => startEngine({ links: { db: { variable: "DB" } }, link: { variable: "DB" } })),
    ].map(({ message }) => message);
    const names = "links: expected names of peers, each a letter and up to 31 letters, digits, - and _";
    expect(messages).to.deep.equal([
      "peers: expected a peer for each of the engine's links: db, cache",
      "peers: expected a peer for each of the engine's links: db, cache",
      names,
      `${names}, not "1"`,
      "links: expected alone, without link and peerVariables, which are for one peer",
    ]);
  });
});

describe("the library", () => {
  const folder = temporaryFolder();
  let engine: Engine;
  let peers: PeerUnderTest[] = [];
  before(async () => {
    engine = await startEngine();
  });
  after(() => engine.close());
  afterEach(async () => {
    await Promise.all(peers.map((peer) => peer.close()));
    peers = [];
  });

  async function functionOf(
    name: "init-connect" | "handler-connect" | "lease-connect",
  ): Promise<{ readonly fn: FunctionUnderTest; readonly peer: PeerUnderTest }> {
    const peer = await startPeer();
    peers.push(peer);
    return { peer, fn: await engine.createFunction({ ...design(name), peer }) };
  }

  it("shows the failure of README.md: a never-invoked environment keeps another one from the peer", async () => {
    const { fn } = await functionOf("init-connect");
    const silent = await fn.initialiseAhead();
    const answer = await fn.invoke({}, { placement: "new" });
    const result = await fn.analyze();
    expect({
      ok: answer.ok,
      type: answer.outcome.outcome === "function-error" ? answer.outcome.errorType : null,
    }).to.deep.equal({ ok: false, type: "PeerBusyError" });
    expect({
      verdict: result.verdict,
      harm: result.harm.total,
      holder: result.harm.windows[0]?.holder,
    }).to.deep.equal({ verdict: "fail", harm: 1, holder: silent.id });
    await fn.expectHarm();
  });

  it("shows the fix of README.md: handler-connect passes although the exposure happened", async () => {
    const { fn } = await functionOf("handler-connect");
    await fn.initialiseAhead();
    await fn.invoke({}, { placement: "new" });
    const { verdict, exposure } = await fn.analyze();
    expect({ verdict, exposures: exposure.total }).to.deep.equal({ verdict: "pass", exposures: 1 });
    await fn.expectUnharmed();
  });

  it("provides the lease table for lease-connect", async () => {
    const { fn } = await functionOf("lease-connect");
    expect((await fn.invoke()).ok).to.equal(true);
  });

  it("does not call a function unharmed without an exposure and an exchange", async () => {
    const code = join(folder.path(), "crashes.mjs");
    writeFileSync(code, "export const handler = async () => process.exit(1);");
    const peer = await startPeer();
    peers.push(peer);
    const fn = await engine.createFunction({ code, peer });
    const said: string[] = [];
    const ask = async (): Promise<void> => {
      const error = await thrownBy(() => fn.expectUnharmed());
      expect(error).to.be.instanceOf(LifecycleExpectationError);
      said.push(error.message.slice(0, error.message.indexOf(". ")));
    };
    await ask();
    await fn.invoke();
    await ask();
    await fn.initialiseAhead();
    await fn.invoke({}, { placement: "new" });
    await ask();
    expect(said).to.deep.equal([
      "Nothing shows that crashes is unharmed, because it was not invoked",
      "Nothing shows that crashes is unharmed, because there was no exposure: no invocation began while another environment of it was alive",
      "Nothing shows that crashes is unharmed, because no invocation after the exposure exchanged anything with the peer",
    ]);
  });

  it("expects a pass, and says why the verdict is another one", async () => {
    const { fn } = await functionOf("handler-connect");
    await fn.invoke();
    const before = await thrownBy(() => fn.expectPass());
    expect(before.message.split("\n").slice(0, 3)).to.deep.equal([
      `The verdict for ${fn.name} is inconclusive, not pass.`,
      "The hazard never happened in this run, so the run shows nothing about it.",
      'Call fn.initialiseAhead(), then fn.invoke(event, { placement: "new" }): the invocation then runs beside an environment that keeps what its Init opened.',
    ]);
    await fn.initialiseAhead();
    await fn.invoke({}, { placement: "new" });
    await fn.expectPass();
    const harm = await thrownBy(() => fn.expectHarm());
    expect(harm.message.split("\n")[0]).to.equal(
      `No invocation of ${fn.name} failed because another execution environment held the peer.`,
    );
  });

  it("says what createFunction expects if the code or the peer is missing or wrong", async () => {
    const wrong = (options: unknown): never => options as never;
    const peer = startPeer();
    peers.push(await peer);
    const { code } = design("handler-connect");
    const messages = [
      await thrownBy(() => engine.createFunction(wrong({ peer: peers[0] }))),
      await thrownBy(() => engine.createFunction(wrong(undefined))),
      await thrownBy(() => engine.createFunction(wrong({ code, peer }))),
      await thrownBy(() => engine.createFunction(wrong({ code, peer: "127.0.0.1:502" }))),
    ].map(({ message }) => message);
    expect(messages).to.deep.equal([
      'code: expected a zip, a folder or a source file, for example createFunction({ code: "src/handler.ts", peer })',
      "createFunction: expected an object with options",
      "peer: expected a peer of startPeer, or { host, port }, not a promise: await startPeer()",
      "peer: expected a peer of startPeer, or { host, port }",
    ]);
  });

  it("refuses an option that it does not know, and says which ones it knows", async () => {
    const { fn } = await functionOf("handler-connect");
    const wrong = (options: object): never => options as never;
    const found: string[] = [];
    for (const work of [
      () => startPeer(wrong({ capactiy: 2 })),
      () => startEngine(wrong({ isolated: "none" })),
      () => engine.createFunction(wrong({ code: "a.mjs", memory: 256 })),
      () => fn.invoke({}, wrong({ placment: "new" })),
      () => fn.retire("oldest-idle", wrong({ end: "rst" })),
      () => fn.update(wrong({ enviroment: {} })),
    ])
      found.push((await thrownBy(work)).message);
    expect(found[0]).to.equal(
      "startPeer has no option capactiy: expected one of admission, capacity, idleTimeoutMs, replyLatencyMs, host, port; did you mean capacity?",
    );
    const REFUSED = ["capactiy", "isolated", "memory", "placment", "end", "enviroment"];
    for (const [index, message] of found.entries())
      expect(message).to.include(`has no option ${REFUSED[index] ?? ""}: expected one of `);
  });

  it("refuses a value that it does not know, and says which ones it knows", async () => {
    const { fn } = await functionOf("handler-connect");
    const wrong = (value: string): never => value as never;
    const found: string[] = [];
    for (const work of [
      () => startPeer({ admission: wrong("refused") }),
      () => startEngine({ isolation: wrong("full") }),
      () => fn.invoke({}, { placement: wrong("oldets") }),
      () => fn.retire(wrong("idle")),
      () => fn.retire("oldest-idle", { ending: wrong("kill") }),
      () => fn.crash(wrong("all")),
    ])
      found.push((await thrownBy(work)).message);
    expect(found[2]).to.equal(
      "placement oldets: expected one of most-recent, oldest, newest, new; did you mean oldest?",
    );
    const REFUSED = ["admission refused", "isolation full", "placement oldets", "idle", "kill", "all"];
    for (const [index, message] of found.entries())
      expect(message).to.include(`${REFUSED[index] ?? ""}: expected one of `);
  });

  it("places an invocation in the given environment", async () => {
    const { fn } = await functionOf("handler-connect");
    const first = await fn.initialiseAhead();
    await fn.initialiseAhead();
    const answer = await fn.invoke({}, { placement: first });
    expect(answer.environment).to.equal(first.id);
  });

  it("invokes the same environment again, even if its runtime asks late for the next event", async () => {
    const code = join(folder.path(), "late.mjs");
    writeFileSync(
      code,
      `export const handler = awslambda.streamifyResponse(async (event, stream) => {
        stream.end("1");
        await new Promise((resolve) => setTimeout(resolve, 300));
      });`,
    );
    const fn = await engine.createFunction({ code });
    const answers = [await fn.invoke(), await fn.invoke()];
    const [only] = fn.environments();
    expect(answers.map(({ ok, environment }) => ({ ok, environment }))).to.deep.equal([
      { ok: true, environment: only?.id },
      { ok: true, environment: only?.id },
    ]);
  });

  it("ends an environment without a FIN, and the peer keeps the connection", async () => {
    const { fn, peer } = await functionOf("init-connect");
    const held = await fn.initialiseAhead();
    expect(await fn.retire(held, { ending: "silence" })).to.deep.equal([held.id]);
    expect(fn.environments()).to.deep.equal([]);
    expect(peer.log().map(({ event }) => event)).to.deep.equal(["ready", "accepted"]);
  });

  it("does not invoke environments of an older generation after an update", async () => {
    const { fn } = await functionOf("handler-connect");
    await fn.invoke();
    await fn.update({ environment: { STAGE: "two" } });
    await fn.invoke();
    expect(
      fn.environments().map(({ generation, invocations }) => ({ generation, invocations })),
    ).to.deep.equal([
      { generation: 1, invocations: 1 },
      { generation: 2, invocations: 1 },
    ]);
  });

  it("returns log events like the CloudWatch Logs API", async () => {
    const { fn } = await functionOf("handler-connect");
    const { requestId } = await fn.invoke();
    const logs = await fn.logs();
    expect(
      logs.some(
        ({ message }) => message.includes("platform.report") && message.includes(requestId ?? "none"),
      ),
    ).to.equal(true);
  });

  it("adds a picture to the error of a failed expectation", async () => {
    const { fn } = await functionOf("init-connect");
    await fn.initialiseAhead();
    await fn.invoke({}, { placement: "new" });
    const error = await thrownBy(() => fn.expectUnharmed());
    expect(error).to.be.instanceOf(LifecycleExpectationError);
    expect(error.message).to.match(
      /^1 invocation of init-connect(-\d+)? failed because another execution environment held the peer\./,
    );
    expect(error.message).to.contain("environment 1         environment 2").and.to.contain("✗ HARMED");
  });

  it("adds a picture to the error of any assertion library", async () => {
    const { fn } = await functionOf("handler-connect");
    const answer = await fn.invoke();
    const error = await thrownBy(() => fn.check(() => expect(answer.ok).to.equal(false)));
    expect(error.message)
      .to.match(/^expected true to equal false\n\n/)
      .and.to.contain("✓ served");
    expect(error.stack).to.contain("✓ served");
  });

  it("freezes an environment for a given time, and delays invocations meanwhile", async () => {
    const { fn } = await functionOf("handler-connect");
    await fn.invoke();
    const order: string[] = [];
    const frozen = fn.freeze(50).then(() => order.push("frozen"));
    await fn.invoke().then(() => order.push("invoked"));
    await frozen;
    expect(order).to.deep.equal(["frozen", "invoked"]);
  });

  it("bundles a TypeScript handler with a package in the same folder", async () => {
    const path = join(folder.path(), "own");
    mkdirSync(join(path, "node_modules", "greeting"), { recursive: true });
    writeFileSync(
      join(path, "node_modules", "greeting", "package.json"),
      JSON.stringify({ name: "greeting", main: "index.cjs" }),
    );
    writeFileSync(
      join(path, "node_modules", "greeting", "index.cjs"),
      'const { sep } = require("node:path"); module.exports = (name) => `hello ${name}${sep}`;',
    );
    writeFileSync(
      join(path, "app.ts"),
      'import greeting from "greeting";\nexport const main = async (event: { name: string }): Promise<string> => greeting(event.name);\n',
    );
    const fn = await engine.createFunction({ code: join(path, "app.ts"), handler: "app.main" });
    expect((await fn.invoke({ name: "you" })).payload).to.equal("hello you/");
  });

  const wrong: readonly (readonly [string, Parameters<Engine["createFunction"]>[0], RegExp])[] = [
    [
      "code that does not exist",
      { code: "no-such-file.mjs" },
      /^code no-such-file\.mjs: expected a file or a folder, but there is no such file/,
    ],
    [
      "code that is no source file, zip or jar",
      { code: fileURLToPath(new URL("../../../LICENSE", import.meta.url)) },
      /^code \S+LICENSE: expected a source file, a zip or a jar, but this file is none of them$/,
    ],
    [
      "a function time-out that Lambda would refuse",
      { ...design("handler-connect"), timeoutMs: 1_500 },
      /^timeoutMs: expected whole seconds/,
    ],
    [
      "a function name that Lambda would refuse",
      { ...design("handler-connect"), name: "a b" },
      /^name: expected up to 64 letters/,
    ],
  ];
  for (const [title, options, message] of wrong) {
    it(`refuses ${title}`, async () => {
      const error = await thrownBy(() => engine.createFunction(options));
      expect(error).to.be.instanceOf(LongrunError);
      expect(error.message).to.match(message);
    });
  }
});
