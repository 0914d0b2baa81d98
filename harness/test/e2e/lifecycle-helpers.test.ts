/** Runs programs in other languages that use the helpers for lifecycle lines (examples/), and reads the lines that they write. */
import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/adapters/node/assets.ts";
import { decodeMessage } from "../../src/logs/stream-event.ts";
import type { LifecycleEvent } from "../../src/logs/parse-lifecycle-line.ts";
import { requireTool } from "../support/require-tool.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { describeInTestAll } from "../support/test-all.ts";

const examples = join(packageRoot(), "examples");

const PYTHON = `import lifecycle
lifecycle.connect("timed-out", peer="10.0.9.9:7000", detail="timed out")
class Context: aws_request_id = "r-1"
lifecycle.invoke(Context())
number = lifecycle.connect("accepted")
lifecycle.disconnect(number)
lifecycle.disconnect(lifecycle.connect("accepted"), "reset")
`;

const GO = `package main

import "example.com/function/lifecycle"

func main() {
	lifecycle.Connect("timed-out", "10.0.9.9:7000")
	lifecycle.Invoke("r-1")
	number := lifecycle.Connect("accepted", "")
	lifecycle.Disconnect(number, "")
	lifecycle.Disconnect(lifecycle.Connect("accepted", ""), "reset")
}
`;

describeInTestAll("the helpers for lifecycle lines", function () {
  this.timeout(300_000);
  const folder = temporaryFolder();
  const pathOf = (name: string): string => join(folder.path(), name);

  const PROGRAMS = [
    {
      file: "python/lifecycle.py",
      tool: ["python3", "--version"] as const,
      output: () => {
        copyFileSync(join(examples, "python", "lifecycle.py"), pathOf("lifecycle.py"));
        writeFileSync(pathOf("main.py"), PYTHON);
        return execFileSync("python3", ["main.py"], { cwd: folder.path(), encoding: "utf8" });
      },
    },
    {
      file: "go/lifecycle/lifecycle.go",
      tool: ["go", "version"] as const,
      output: () => {
        mkdirSync(pathOf("lifecycle"));
        copyFileSync(join(examples, "go", "lifecycle", "lifecycle.go"), pathOf("lifecycle/lifecycle.go"));
        writeFileSync(pathOf("go.mod"), "module example.com/function\n\ngo 1.21\n");
        writeFileSync(pathOf("main.go"), GO);
        return execFileSync("go", ["run", "."], { cwd: folder.path(), encoding: "utf8" });
      },
    },
  ];
  for (const { file, tool, output } of PROGRAMS)
    it(`write lines that longrun can read: ${file}`, async function () {
      await requireTool(this, tool);
      const lines = output()
        .trimEnd()
        .split("\n")
        .map((text): LifecycleEvent | null => {
          const read = decodeMessage(text);
          return read.kind === "lifecycle" ? read.line : null;
        });
      const init = { phase: "init", requestId: null };
      const invoke = { phase: "invoke", requestId: "r-1" };
      const shown = lines.map((line) =>
        line === null ? null : { ...line, time: line.time !== null, bootId: line.bootId?.length },
      );
      const length = lines[0]?.bootId?.length;
      expect(length).to.be.greaterThan(16);
      expect(new Set(lines.map((line) => line?.bootId)).size).to.equal(1);
      expect(shown).to.deep.equal(
        [
          { event: "boot", ...init, outcome: null, connection: null },
          { event: "connect", ...init, outcome: "timed-out", connection: 1 },
          { event: "invoke", ...invoke, outcome: null, connection: null },
          { event: "connect", ...invoke, outcome: "accepted", connection: 2 },
          { event: "disconnect", ...invoke, outcome: null, connection: 2 },
          { event: "connect", ...invoke, outcome: "accepted", connection: 3 },
          { event: "disconnect", ...invoke, outcome: "reset", connection: 3 },
        ].map((line, at) => ({ ...line, time: true, bootId: length, sequence: at + 1 })),
      );
    });
});
