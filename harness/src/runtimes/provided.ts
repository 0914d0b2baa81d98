/**
 * `provided.al2` and `provided.al2023`: the package brings its program, and INIT_START does not name its language. The clients for Go and
 * Rust are known by their lines (docs/aws/runtime-logs.md#go-rust-c-custom); others leave none that tells.
 */
import { readGoLine } from "./go-log.ts";
import { readRustLine } from "./rust-log.ts";
import type { RuntimeFamily } from "./runtime-family.ts";

export const provided = {
  name: "provided",
  title: "Go, Rust and custom runtimes",
  language: "provided",
  versions: [],
  log: {
    descriptor: null,
    marks: ["errorType", "Lambda runtime invoke", "user handler panicked"],
    read: (line) => readGoLine(line) ?? readRustLine(line),
    shownBehind: [],
  },
  local: null,
} as const satisfies RuntimeFamily;
