/**
 * Tests a device that accepts a connection and then sends FIN. The function keeps its side open then, as clients in Go, Python and Java do. Only
 * the link records when the device closed the connection.
 */
import { expect } from "chai";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { packageRoot } from "../../src/adapters/node/assets.ts";
import type { FunctionResult } from "../../src/result/function-result.ts";
import type { RunResult } from "../../src/result/run-result.ts";
import { requireTool } from "../support/require-tool.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { describeInTestAll } from "../support/test-all.ts";
import { run } from "./built-command.ts";

/** This function connects in its Init and keeps the connection. It notices the device's FIN and does not close its side. */
const KEEPS_ITS_HALF = `
import net from "node:net";
import { once } from "node:events";
const { PEER_HOST: host, PEER_PORT: port } = process.env;
const socket = net.connect({ host, port: Number(port), allowHalfOpen: true });
const answers = [];
let wake = () => {};
socket.on("data", (data) => { answers.push(String(data)); wake(); });
socket.on("end", () => { answers.push(null); wake(); });
socket.on("error", () => {});
await once(socket, "connect");
export const handler = async () => {
  if (answers.at(-1) !== null) socket.write("read\\n");
  while (answers.length === 0) await new Promise((resolve) => { wake = resolve; });
  const answer = answers.at(-1) === null ? null : answers.shift();
  if (answer === null) throw new Error("EOF");
  return { ok: true };
};`;

/** The same function in Python, whose sockets do not close on end-of-file. */
const IN_PYTHON = `
import os, socket
machine = socket.create_connection((os.environ["PEER_HOST"], int(os.environ["PEER_PORT"])))
def handler(event, context):
    try:
        machine.sendall(b"read\\n")
    except OSError:
        pass
    if not machine.recv(64):
        raise EOFError("EOF")
    return {"ok": True}
`;

/** The same function in Go. */
const IN_GO = `package main

import (
	"io"
	"net"
	"os"

	"github.com/aws/aws-lambda-go/lambda"
)

var machine, _ = net.Dial("tcp", net.JoinHostPort(os.Getenv("PEER_HOST"), os.Getenv("PEER_PORT")))

func handler() (map[string]bool, error) {
	machine.Write([]byte("read\\n"))
	if length, _ := machine.Read(make([]byte, 64)); length == 0 {
		return nil, io.EOF
	}
	return map[string]bool{"ok": true}, nil
}

func main() { lambda.Start(handler) }
`;

const SOAK = [
  ...["soak", "--platform", "each-new.yaml", "--seed", "1"],
  ...["--success", "ok = true", "--yes", "--out", "run"],
];
const SHORT = ["--duration", "4s", "--interval", "1s"];
/** Python and Go take seconds to start on a busy computer, and the driver skips invocations that it cannot send in time. So the run is longer. */
const SLOW_START = ["--duration", "16s", "--interval", "4s"];

describeInTestAll("longrun soak against a device that accepts a connection and then closes it", function () {
  // The first build in Go with a cold cache takes minutes on busy processors.
  this.timeout(900_000);
  const folder = temporaryFolder();
  let sockets: Set<Socket>;
  let servers: Server[];
  beforeEach(() => {
    sockets = new Set();
    servers = [];
    writeFileSync(join(folder.path(), "mine.mjs"), KEEPS_ITS_HALF);
    // Every invocation goes to a new environment, and the earlier environments continue to live.
    writeFileSync(join(folder.path(), "each-new.yaml"), "name: each-new\nplacement: new\n");
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    for (const server of servers) {
      server.close();
      await once(server, "close");
    }
  });

  /** A device that serves the given number of connections at a time and answers each line. To all further connections it only sends FIN. */
  async function device(places: number): Promise<string> {
    let served = 0;
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      sockets.add(socket);
      socket.on("error", () => {});
      if (served >= places) {
        socket.resume();
        socket.end();
        return;
      }
      served += 1;
      socket.on("data", () => socket.write("21.5\n"));
      socket.on("end", () => socket.end());
      socket.on("close", () => {
        served -= 1;
        sockets.delete(socket);
      });
    });
    servers.push(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  async function soak(places: number, code = "mine.mjs", pace = SHORT): Promise<FunctionResult> {
    const { err } = await run(
      [...SOAK, ...pace, "--code", code, "--peer", await device(places)],
      folder.path(),
    );
    const { functions } = JSON.parse(
      readFileSync(join(folder.path(), "run", "result.json"), "utf8"),
    ) as RunResult;
    const [only] = functions;
    if (only === undefined) throw new Error(err);
    return only;
  }

  const failures = ({ invocationList }: FunctionResult) =>
    invocationList.filter(({ outcome }) => outcome !== "succeeded");

  /** Expects that the first environment holds the device's only connection, and that every later invocation is harmed by it. */
  function expectHolder(result: FunctionResult): void {
    const holders = result.findings
      .filter(({ kind, status }) => kind === "harm" && status === "found")
      .map(({ holder }) => holder);
    const [first, ...later] = result.invocationList;
    // On a busy computer an invocation may be skipped, so there may be fewer than four.
    expect({
      verdict: result.verdict,
      first: first?.outcome,
      later: [...new Set(later.map(({ cause }) => cause))],
      holders: [...new Set(holders)],
    }).to.deep.equal({
      verdict: "fail",
      first: "succeeded",
      later: ["harm"],
      holders: [first?.environment],
    });
  }

  it("names the environment that held the device's only connection", async () => {
    expectHolder(await soak(1));
  });

  for (const { language, tool, write } of [
    {
      language: "Python",
      tool: ["python3", "-m", "pip", "--version"] as const,
      write: () => {
        writeFileSync(join(folder.path(), "mine.py"), IN_PYTHON);
        return "mine.py";
      },
    },
    {
      language: "Go",
      tool: ["go", "version"] as const,
      write: () => {
        const module = join(folder.path(), "mine");
        cpSync(join(packageRoot(), "examples", "go", "init-connect"), module, { recursive: true });
        writeFileSync(join(module, "main.go"), IN_GO);
        return "mine";
      },
    },
  ])
    it(`with a function in ${language}, names the holder as the cause, or the device if the device serves nobody`, async function () {
      await requireTool(this, tool);
      const code = write();
      expectHolder(await soak(1, code, SLOW_START));
      rmSync(join(folder.path(), "run"), { recursive: true });
      const failed = failures(await soak(0, code));
      expect([...new Set(failed.map(({ cause }) => cause))]).to.deep.equal(["peer-closed"]);
      expect(failed.filter(({ peerClosedAt }) => peerClosedAt === null)).to.deep.equal([]);
    });

  it("names a device that closes every connection, with the time of its FIN", async () => {
    const failed = failures(await soak(0));
    expect([...new Set(failed.map(({ cause }) => cause))]).to.deep.equal(["peer-closed"]);
    const log = readFileSync(join(folder.path(), "run", "logs", "link-mine.jsonl"), "utf8");
    const ended = log
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { event: string; by: string | null; time: string })
      .filter(({ event, by }) => event === "half-closed" && by === "peer")
      .map(({ time }) => time);
    expect(failed.map(({ peerClosedAt }) => peerClosedAt)).to.deep.equal(ended);
    const { out } = await run(["report", "run", "--format", "markdown"], folder.path());
    expect(out.replaceAll("\n", " ")).to.match(
      /peer closed or reset the connection \(first at [\d:.]+ UTC\)/,
    );
  });
});
