/**
 * Tests functions with AWS's client for Rust: a streamed response, errors, a panic, and a shutdown function. For a shutdown function, the client
 * arranges that the process gets SIGTERM before it ends. Compiling the client takes minutes, so these tests run at night.
 */
import { cpSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import { expect } from "chai";
import { buildRust } from "../../src/adapters/toolchains/rust/build-rust.ts";
import { payloadOf, testFleet, type TestFleet } from "../engine/support/test-fleet.ts";
import { requireTool } from "../support/require-tool.ts";

const CARGO = `[package]
name = "story"
version = "0.1.0"
edition = "2021"

[dependencies]
lambda_runtime = { version = "1", features = ["tracing", "graceful-shutdown"] }
serde_json = "1"
tokio = { version = "1", features = ["macros", "time"] }
`;

const MAIN = String.raw`use lambda_runtime::{run, service_fn, spawn_graceful_shutdown_handler, streaming, tracing, Error, LambdaEvent};
use serde_json::{json, Value};
use std::env;

async fn handle(event: LambdaEvent<Value>) -> Result<Value, Error> {
    match event.payload["do"].as_str() {
        Some("fail") => Err("no".into()),
        Some("panic") => panic!("oops"),
        _ => Ok(json!([env::args().count(), env::var("AWS_EXECUTION_ENV").unwrap_or_default()])),
    }
}

async fn stream(_: LambdaEvent<Value>) -> Result<streaming::Response<streaming::Body>, Error> {
    let (mut sender, body) = streaming::channel();
    tokio::spawn(async move {
        sender.send_data("stre".into()).await.unwrap();
        sender.send_data("amed".into()).await.unwrap();
    });
    Ok(streaming::Response::from(body))
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    tracing::init_default_subscriber();
    if env::var("HEAR").is_ok() {
        spawn_graceful_shutdown_handler(|| async { println!("terminated") }).await;
    }
    if env::var("STREAM").is_ok() {
        run(service_fn(stream)).await
    } else {
        run(service_fn(handle)).await
    }
}
`;

describe("a function with AWS's client for Rust", function () {
  this.timeout(1_200_000);
  let folder = "";
  let test: TestFleet;
  before(async function () {
    await requireTool(this, ["cargo", "--version"]);
    folder = mkdtempSync(join(tmpdir(), "longrun-rust-"));
    const source = join(folder, "source");
    mkdirSync(join(source, "src"), { recursive: true });
    writeFileSync(join(source, "Cargo.toml"), CARGO);
    writeFileSync(join(source, "src/main.rs"), MAIN);
    const built = await buildRust({ folder: source, outputFolder: folder, binary: null, environment: env });
    if (!built.ok) throw new Error(built.expected);
    mkdirSync(join(folder, "code"));
    cpSync(built.file, join(folder, "code/bootstrap"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    test = await testFleet();
  });
  afterEach(() => test.close());
  const add = (environment: Readonly<Record<string, string>> = {}, more: object = {}): void => {
    const codeFolder = join(test.folder, "rust");
    cpSync(join(folder, "code"), codeFolder, { recursive: true });
    test.add({}, { runtime: "provided.al2023", handler: "any", codeFolder, environment, ...more });
  };

  it("answers, and continues after an error and after a panic", async () => {
    add();
    expect(payloadOf(await test.invoke())).to.deep.equal([1, ""]);
    expect(payloadOf(await test.invoke("probe", { do: "fail" }))).to.include({ errorMessage: "no" });
    const panicked = payloadOf(await test.invoke("probe", { do: "panic" })) as Record<string, unknown>;
    expect(panicked["errorMessage"]).to.match(/oops/);
    expect(payloadOf(await test.invoke())).to.deep.equal([1, ""]);
    expect(test.logs.messages().some((line) => /ERROR.*Lambda runtime invoke/.test(line))).to.equal(true);
  });

  it("streams a response to a caller that accepts a stream", async () => {
    add({ STREAM: "1" });
    const chunks: Buffer[] = [];
    const sink = { write: (chunk: Buffer): Promise<void> => Promise.resolve(void chunks.push(chunk)) };
    const result = await test.invoke("probe", {}, { sink });
    expect(result.kind === "answered" && result.functionError).to.equal(null);
    // The client sends status and headers before the body, in the form that a function URL expects.
    const [head = "", body] = Buffer.concat(chunks).toString().split("\0".repeat(8));
    expect([JSON.parse(head), body]).to.deep.equal([
      { statusCode: 200, headers: { "content-type": "application/octet-stream" }, cookies: [] },
      "streamed",
    ]);
  });

  it("when the environment ends, runs the shutdown function that it registered", async () => {
    add({ HEAR: "1" });
    await test.invoke();
    await test.fleet.retire("probe", { every: true }, "fin");
    expect(test.logs.messages().slice(-2).join("")).to.include("terminated");
  });
});
