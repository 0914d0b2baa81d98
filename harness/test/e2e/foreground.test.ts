import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { fixedAnswers } from "../../src/cli/fixed-answers.ts";
import { longrun } from "../cli/memory-machine.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { allGone, COMMAND, run, start } from "./built-command.ts";
import { itInTestAll, itOnce } from "../support/test-all.ts";

const ENGINE = ["serve", "--json", "--port", "0"];

async function ready(started: ReturnType<typeof start>): Promise<Record<string, string>> {
  const line = (await started.outMatches(/\n/)).split("\n")[0] ?? "";
  return JSON.parse(line) as Record<string, string>;
}

describe("in the foreground,", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();

  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    itOnce(`serve prints one line when it is ready, and exits with 0 at ${signal}`, async () => {
      const engine = start(ENGINE, { cwd: folder.path() });
      const said = await ready(engine);
      expect(said).to.have.all.keys("event", "endpoint", "account", "isolation", "version");
      expect([said["event"], said["account"]]).to.deep.equal(["ready", "123456789012"]);
      expect(said["endpoint"]).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
      engine.child.kill(signal);
      const { code, out } = await engine.ended;
      expect([code, out.trimEnd().split("\n").length]).to.deep.equal([0, 1]);
    });
  }

  // As under nohup, no shell waits for the process group. A process of the group is stopped, so the kernel would end the group.
  itOnce("serve starts beside a stopped process in a group that no shell waits for", async () => {
    const beside = 'sleep 600 & kill -STOP $! && exec "$@"';
    const child = spawn("sh", ["-c", beside, "sh", process.execPath, COMMAND, ...ENGINE], {
      cwd: folder.path(),
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
    });
    const ended = once(child, "exit");
    try {
      expect(String(await Promise.race([once(child.stdout, "data"), ended]))).to.contain('"ready"');
      child.kill("SIGTERM");
      expect(await ended).to.deep.equal([0, null]);
    } finally {
      process.kill(-(child.pid ?? 0), "SIGKILL");
    }
  });

  itOnce("serve with LONGRUN_ENDS_WITH_STDIN ends when its standard input ends", async () => {
    const engine = start(ENGINE, {
      cwd: folder.path(),
      stdin: "pipe",
      env: { LONGRUN_ENDS_WITH_STDIN: "1" },
    });
    await ready(engine);
    engine.child.stdin?.end();
    expect((await engine.ended).code).to.equal(0);
  });

  itOnce("serve with LONGRUN_ENDS_WITH_STDIN ends properly, however often it gets SIGTERM", async () => {
    const engine = start(ENGINE, {
      cwd: folder.path(),
      stdin: "pipe",
      env: { LONGRUN_ENDS_WITH_STDIN: "1", TMPDIR: folder.path() },
    });
    await ready(engine);
    expect(readdirSync(folder.path())).to.have.lengthOf(1);
    // If a soak is killed, the kernel sends SIGTERM to its engine once for each thread of the soak (`setpriv --pdeathsig`).
    let over = false;
    void engine.ended.then(() => (over = true));
    while (!over) {
      engine.child.kill("SIGTERM");
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { code, signal } = await engine.ended;
    expect([code, signal, readdirSync(folder.path())]).to.deep.equal([0, null, []]);
  });

  itOnce(
    "serve says who can run code if it listens for other machines, and says nothing on loopback",
    async () => {
      const warned = async (host: string): Promise<string> => {
        const engine = start([...ENGINE, "--isolation", "none", "--host", host], { cwd: folder.path() });
        const { endpoint = "" } = await ready(engine);
        engine.child.kill();
        return (await engine.ended).err.replaceAll(endpoint, "ENDPOINT");
      };
      expect([await warned("0.0.0.0"), await warned("localhost")]).to.deep.equal([
        "Whoever can reach ENDPOINT can run code as you, because the engine accepts every signature.\n",
        "",
      ]);
    },
  );

  itOnce("serve reports that its port is in use, and exits with 69", async () => {
    const engine = start(ENGINE, { cwd: folder.path() });
    const port = new URL((await ready(engine))["endpoint"] ?? "").port;
    const second = await run(["serve", "--port", port], folder.path());
    expect([second.code, second.out]).to.deep.equal([69, ""]);
    expect(second.err).to.include(port);
    engine.child.kill();
    await engine.ended;
  });

  itOnce("peer prints its log, serves one connection, and exits with 0 at SIGTERM", async () => {
    const peer = start(["peer", "--port", "0", "--json"], { cwd: folder.path() });
    const { event, port } = await ready(peer);
    expect(event).to.equal("ready");
    const socket = connect(Number(port), "127.0.0.1");
    socket.write(
      `${JSON.stringify({ type: "hello", bootId: "b", logStream: "s", phase: "init", time: new Date().toISOString(), token: null })}\n`,
    );
    await peer.outMatches(/"event":"accepted"/);
    socket.destroy();
    await peer.outMatches(/"event":"(?:closed|reset)"/);
    peer.child.kill("SIGTERM");
    expect((await peer.ended).code).to.equal(0);
  });

  itInTestAll(
    "soak uses a running engine, and at the end removes the function of the soak from this engine",
    async () => {
      writeFileSync(join(folder.path(), "mine.mjs"), "export const handler = async () => ({ ok: true });");
      const engine = start(ENGINE, { cwd: folder.path() });
      const { endpoint = "" } = await ready(engine);
      const soak = await run(
        [
          "soak",
          "--endpoint",
          endpoint,
          "--code",
          "mine.mjs",
          "--platform",
          "calm",
          "--duration",
          "1s",
          "--out",
          "run",
        ],
        folder.path(),
      );
      expect(soak.code, soak.err).to.equal(2);
      const gone = await run(
        ["soak", "--endpoint", endpoint, "--function", "mine", "--duration", "1s", "--out", "other"],
        folder.path(),
      );
      expect(gone.code).to.equal(69);
      expect(gone.err).to.match(/^[^]*The function mine cannot be read: Function not found/);
      engine.child.kill();
      await engine.ended;
    },
  );

  for (const argumentList of [["soak", "--help"], ["--help"]])
    itOnce(
      `longrun ${argumentList.join(" ")} ends normally if the reader of its output closes the pipe`,
      async () => {
        const help = start(argumentList, { cwd: folder.path() });
        help.child.stdout?.destroy();
        const { code, err } = await help.ended;
        expect([code, err]).to.deep.equal([0, ""]);
        await allGone([help.child.pid ?? 0]);
      },
    );

  itOnce(
    "the built entry, which answers some arguments without loading the program, gives the same answers as the program",
    async () => {
      for (const argument of [...fixedAnswers().keys(), "no-such-command"]) {
        const { code, out, err } = await run([argument], folder.path());
        expect({ code, out, err }).to.deep.equal(await longrun([argument]));
      }
    },
  );
});
