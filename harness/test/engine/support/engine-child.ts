/** Runs an engine in a separate process, so that a test can kill it. Prints the engine's endpoint. */
import { argv, stderr, stdout } from "node:process";
import { systemClock } from "../../../src/adapters/node/system-clock.ts";
import { startEngine } from "../../../src/engine/start-engine.ts";

const [, , dataFolder = "", bootstrapFile = ""] = argv;
const engine = await startEngine({
  host: "127.0.0.1",
  port: 0,
  dataFolder,
  isolation: "none",
  links: [],
  platform: null,
  bootstrapFile,
  clock: systemClock,
  version: "0.0.0",
  report: (problem) => stderr.write(`${problem}\n`),
});
stdout.write(`${engine.endpoint}\n`);
