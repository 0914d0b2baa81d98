/** The extensions in the platform lines at the end of an Init. */
import { expect } from "chai";
import type { Extension, ExtensionState } from "../../../src/engine/environment-api/extension-registry.ts";
import { EnvironmentLog } from "../../../src/engine/environment-log/environment-log.ts";
import type { EmittedEvent } from "../../../src/engine/environment-log/emitted-event.ts";
import { LogTurns } from "../../../src/engine/environment-log/log-turns.ts";
import type { FunctionSnapshot } from "../../../src/engine/function-snapshot.ts";
import { InitRecord } from "../../../src/engine/lifecycle/init-record.ts";
import { MemoryLogSink } from "../support/memory-log-sink.ts";
import { systemClock } from "../support/system-clock.ts";

const extension = (state: ExtensionState): Extension => ({
  id: state,
  name: `extension-${state}`,
  kind: "external",
  events: ["INVOKE"],
  state,
});

describe("the end of an Init", () => {
  it("has a line with name, state and events of each extension, and an error for those that failed", () => {
    const events: EmittedEvent[] = [];
    const log = new EnvironmentLog({
      sink: new MemoryLogSink(),
      turns: new LogTurns(),
      clock: systemClock,
      logging: { format: "JSON", applicationLogLevel: "INFO", systemLogLevel: "INFO", logGroup: "g" },
      logStream: "s",
      bytesPerPhaseMax: 1_000,
      telemetry: { platform: (event) => void events.push(event), line: () => undefined },
    });
    const record = new InitRecord({ initializationType: "on-demand" } as FunctionSnapshot, log);
    record.succeeded(
      5,
      ["registered", "ready", "init-error", "exit-error"].map((state) => extension(state as ExtensionState)),
    );
    expect(
      events.flatMap((one) =>
        one.type === "extension" ? [[one.name, one.state, one.events, one.errorType]] : [],
      ),
    ).to.deep.equal([
      ["extension-registered", "Registered", ["INVOKE"], null],
      ["extension-ready", "Ready", ["INVOKE"], null],
      ["extension-init-error", "Init-error", ["INVOKE"], "Extension.InitError"],
      ["extension-exit-error", "Exit-error", ["INVOKE"], "Extension.InitError"],
    ]);
  });
});
