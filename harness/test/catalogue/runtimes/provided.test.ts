/** Functions of `provided` with AWS's client for Go: streamed responses, errors, and the end of their environment. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { buildGo } from "../../../src/adapters/toolchains/go/build-go.ts";
import type { InvokeResult } from "../../../src/engine/fleet-contract.ts";
import { NO_SHUTDOWN_LIMIT, payloadOf, testFleet, type TestFleet } from "../../engine/support/test-fleet.ts";
import { requireTool } from "../../support/require-tool.ts";
import { describeInTestAll } from "../../support/test-all.ts";

const MAIN = `package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/aws/aws-lambda-go/lambda"
)

type breaks struct{ read bool }

func (b *breaks) Read(p []byte) (int, error) {
	if b.read {
		return 0, errors.New("broke off")
	}
	b.read = true
	return copy(p, "some"), nil
}

func handle(ctx context.Context, event map[string]string) (any, error) {
	switch event["do"] {
	case "stream":
		return io.Reader(strings.NewReader("streamed")), nil
	case "break":
		return io.Reader(&breaks{}), nil
	case "fail":
		return nil, errors.New("no")
	case "panic":
		panic("oops")
	}
	_, descriptor := os.LookupEnv("_LAMBDA_TELEMETRY_LOG_FD")
	return []any{len(os.Args), os.Getenv("AWS_EXECUTION_ENV"), descriptor, os.Getenv("AWS_LAMBDA_LOG_FORMAT")}, nil
}

func main() {
	if os.Getenv("HEAR") == "" {
		lambda.Start(handle)
		return
	}
	lambda.StartWithOptions(handle, lambda.WithEnableSIGTERM(func() { fmt.Println("terminated"); os.Exit(0) }))
}
`;

describeInTestAll("a function with AWS's client for Go", function () {
  this.timeout(300_000);
  let folder = "";
  let test: TestFleet;
  let codeFolder = "";
  before(async function () {
    await requireTool(this, ["go", "version"]);
    const example = fileURLToPath(new URL("../../../../examples/go/handler-connect/", import.meta.url));
    folder = mkdtempSync(join(tmpdir(), "longrun-go-"));
    const source = join(folder, "source");
    codeFolder = join(folder, "code");
    for (const path of [source, codeFolder]) mkdirSync(path, { recursive: true });
    writeFileSync(join(source, "main.go"), MAIN);
    writeFileSync(join(source, "go.mod"), readFileSync(join(example, "go.mod")));
    writeFileSync(join(source, "go.sum"), readFileSync(join(example, "go.sum")));
    const built = await buildGo({
      folder: source,
      outputFolder: codeFolder,
      binary: null,
      environment: env,
    });
    if (!built.ok) throw new Error(built.expected);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    test = await testFleet({ shutdownBudgets: NO_SHUTDOWN_LIMIT });
  });
  afterEach(() => test.close());
  const add = (more: object = {}): void => {
    const copy = join(test.folder, "go");
    cpSync(codeFolder, copy, { recursive: true });
    test.add({}, { runtime: "provided.al2023", handler: "any", codeFolder: copy, ...more });
  };
  const streamed = async (
    what: string,
  ): Promise<{ readonly result: InvokeResult; readonly chunks: string }> => {
    const chunks: Buffer[] = [];
    const sink = { write: (chunk: Buffer): Promise<void> => Promise.resolve(void chunks.push(chunk)) };
    const result = await test.invoke("probe", { do: what }, { sink });
    return { result, chunks: Buffer.concat(chunks).toString() };
  };

  it("gets Lambda's variables of a custom runtime, and no log descriptor", async () => {
    add({
      logging: {
        format: "JSON",
        applicationLogLevel: "INFO",
        systemLogLevel: "INFO",
        logGroup: "/aws/lambda/probe",
      },
    });
    expect(payloadOf(await test.invoke())).to.deep.equal([1, "", false, "JSON"]);
  });

  it("streams the bytes of a reader to a caller that accepts a stream", async () => {
    add();
    const { result, chunks } = await streamed("stream");
    expect([chunks, result.kind === "answered" && result.functionError]).to.deep.equal(["streamed", null]);
  });

  it("streams the bytes that a reader returns before its error, then fails with that error", async () => {
    add();
    const { result, chunks } = await streamed("break");
    expect(chunks).to.equal("some");
    expect(result.kind === "answered" && result.functionError).to.equal("Unhandled");
    expect(payloadOf(result)).to.include({ errorMessage: "broke off" });
  });

  it("keeps its process after an error, and loses it after a panic", async () => {
    add();
    expect(payloadOf(await test.invoke("probe", { do: "fail" }))).to.deep.equal({
      errorMessage: "no",
      errorType: "errorString",
    });
    const panicked = payloadOf(await test.invoke("probe", { do: "panic" })) as Record<string, unknown>;
    expect([panicked["errorMessage"], panicked["errorType"]]).to.deep.equal(["oops", "string"]);
    expect(panicked["stackTrace"]).to.be.an("array");
    expect(payloadOf(await test.invoke())).to.be.an("array");
    expect(test.fleet.environments("probe")).to.have.lengthOf(1);
    const lines = test.logs.messages();
    expect(lines.some((line) => /\{"errorMessage":"no","errorType":"errorString"\}\n$/.test(line))).to.equal(
      true,
    );
    expect(lines.some((line) => /Status: error\tError Type: Runtime\.ExitError/.test(line))).to.equal(true);
  });

  it("runs its shutdown function when the environment ends, but only if it registered one", async () => {
    const heard: boolean[] = [];
    for (const environment of [{ HEAR: "1" }, {}] as const) {
      add({ environment, functionName: `probe-${heard.length}` });
      const name = `probe-${heard.length}`;
      await test.invoke(name);
      await test.fleet.retire(name, { every: true }, "fin");
      heard.push(test.logs.messages().at(-1) === "terminated\n");
    }
    expect(heard).to.deep.equal([true, false]);
  });
});
