/** A stranger's suite over boto3 against real execution environments (`boto3_session.py`). */
import { expect } from "chai";
import { fileURLToPath } from "node:url";
import { type RealEngine, realEngine, runClient } from "../engine-door/real-engine.ts";
import { requireTool } from "./require-tool.ts";

const SESSION = fileURLToPath(new URL("boto3_session.py", import.meta.url));

describe("conformance: a stranger's suite over boto3", () => {
  let on: RealEngine;
  before(async function () {
    await requireTool(this, ["python3", "-c", "import boto3"]);
    // A minute of the event queue passes in 600 ms.
    on = await realEngine({ events: { timeScale: 0.01 } });
  });
  after(() => on?.close());

  it("finds everything as on AWS", async function () {
    this.timeout(300_000);
    const ended = await runClient("python3", [SESSION], on.engine.endpoint, on.folder);
    expect(ended?.stderr).to.equal("");
    const seen = JSON.parse(ended?.stdout ?? "{}") as Record<string, string>;
    const wrong = Object.entries(seen).filter(([, result]) => result !== "ok");
    expect(wrong.map(([name, result]) => `${name}:\n${result}`).join("\n")).to.equal("");
    expect(Object.keys(seen)).to.have.length(27);
  });
});
