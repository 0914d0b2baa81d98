/**
 * `provided.al2` and `provided.al2023`: the package contains the program, and INIT_START does not name its language. Only the clients for
 * Go and Rust write lines that can be recognised (docs/aws/runtime-logs.md#go-rust-c-custom).
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
