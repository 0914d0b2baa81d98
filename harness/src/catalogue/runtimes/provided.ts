/**
 * `provided.al2` and `provided.al2023`: the package contains the program. Only the clients for Go and Rust write lines that can be
 * recognised (docs/aws/runtime-logs.md#go-rust-c-custom).
 */
import { readGoLine } from "./go-log.ts";
import type { HandlerParts, RuntimeFamily } from "./runtime-family.ts";
import { readRustLine } from "./rust-log.ts";

const PROGRAM = "bootstrap";

export const provided = {
  name: "provided",
  title: "Go, Rust and custom runtimes",
  language: "provided",
  versions: [
    { runtime: "provided.al2", release: "al2", state: "deprecated" },
    { runtime: "provided.al2023", release: "al2023", state: "current" },
  ],
  log: {
    descriptor: null,
    read: (line) => readGoLine(line) ?? readRustLine(line),
    bareLines,
    foreignFrames:
      /aws-lambda-go@|\((?:runtime|reflect|internal|maps|sync)\/|rust_begin_unwind|core::|std::|\/rustc\//,
    shownBehind: [],
  },
  local: {
    client: null,
    clientOfAws: null,
    preferred: "provided.al2023",
    interpreter: null,
    launcher: null,
    installCommand: () => "the package",
    wrapper: false,
    commandLine: (start) => [start.interpreter],
    variables: () => ({ changeable: {}, reserved: {} }),
    handler: { ofPackage: () => PROGRAM, ofSource: () => PROGRAM, example: PROGRAM, cut: cutHandler },
    package: {
      sourceEndings: [],
      compiled: [
        {
          title: "Go",
          ending: ".go",
          instead: "the folder with go.mod and this file, because go build takes a folder",
          compiler: {
            command: "go",
            builds: "Go packages",
            install: "https://go.dev/dl",
            file: "go.mod",
            made: "make it with 'go mod init NAME', then 'go mod tidy'",
            folder: "a Go folder with go.mod",
          },
        },
        {
          title: "Rust",
          ending: ".rs",
          instead: "the folder with Cargo.toml, because cargo build takes a folder",
          compiler: {
            command: "cargo",
            builds: "Cargo packages",
            install: "https://rustup.rs",
            file: "Cargo.toml",
            made: "make it with 'cargo init'",
            folder: "a folder with Cargo.toml",
          },
        },
      ],
      moduleFile: /(?:^|\/)bootstrap$/,
      owns: (files) => files.includes(PROGRAM),
      program: PROGRAM,
    },
  },
} as const satisfies RuntimeFamily;

/** Any text is a handler, because the program decides whether it reads `_HANDLER`. */
function cutHandler(handler: string): HandlerParts | null {
  return handler === ""
    ? null
    : { files: [PROGRAM], filesInWords: "an executable file named bootstrap", path: [] };
}

function bareLines(requestId: string, errorType: string): readonly string[] {
  const goErrors = [errorType, ""].map((type) => JSON.stringify({ errorMessage: "", errorType: type }));
  const span = `ERROR Lambda runtime invoke{requestId="${requestId}"}: `;
  return [
    ...goErrors.flatMap((error) => [`: ${error}`, error, JSON.stringify({ msg: error })]),
    span,
    `${span}lambda_runtime::`,
    JSON.stringify({ level: "ERROR", fields: { message: "user handler panicked" } }),
  ];
}
