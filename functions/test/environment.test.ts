import { expect } from "chai";
import { FunctionEnvironmentError, peerAddress, readEnvironment } from "../src/environment.ts";

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const least = { PEER_HOST: "10.0.9.9", PEER_PORT: "7000" };

describe("readEnvironment", () => {
  it("returns the defaults for absent variables", () => {
    expect(readEnvironment(least)).to.deep.equal({
      peerHost: "10.0.9.9",
      peerPort: 7000,
      peerProtocol: "longrun",
      connectTimeoutMs: 2_000,
      request: null,
      expect: null,
      logStream: "unknown",
      runtimeApi: null,
    });
  });

  it("reads every variable, and treats an empty one as absent", () => {
    const environment = readEnvironment({
      ...least,
      PEER_PROTOCOL: "raw",
      PEER_CONNECT_TIMEOUT_MS: "300",
      PEER_REQUEST_BASE64: base64("PING"),
      PEER_EXPECT_BASE64: "",
      AWS_LAMBDA_LOG_STREAM_NAME: "stream",
      AWS_LAMBDA_RUNTIME_API: "127.0.0.1:9001",
    });
    expect(environment).to.deep.equal({
      peerHost: "10.0.9.9",
      peerPort: 7000,
      peerProtocol: "raw",
      connectTimeoutMs: 300,
      request: Buffer.from("PING"),
      expect: null,
      logStream: "stream",
      runtimeApi: "127.0.0.1:9001",
    });
  });

  it("accepts `bytes`, the older name of the protocol `raw`", () => {
    expect(readEnvironment({ ...least, PEER_PROTOCOL: "bytes" }).peerProtocol).to.equal("raw");
  });

  it("returns an object that cannot be changed", () => {
    expect(Object.isFrozen(readEnvironment(least))).to.equal(true);
  });

  it("names all problems in one error", () => {
    const read = (): unknown =>
      readEnvironment({
        PEER_PORT: "70000",
        PEER_PROTOCOL: "modbus",
        PEER_CONNECT_TIMEOUT_MS: "2s",
        PEER_REQUEST_BASE64: "%%%",
      });
    expect(read).to.throw(
      FunctionEnvironmentError,
      /PEER_HOST.*PEER_PORT.*PEER_PROTOCOL.*PEER_CONNECT_TIMEOUT_MS.*PEER_REQUEST_BASE64/,
    );
  });

  const refused: readonly [string, Readonly<Record<string, string>>, RegExp][] = [
    ["no port", { PEER_PORT: "" }, /PEER_PORT is missing/],
    ["port 0", { PEER_PORT: "0" }, /PEER_PORT must be a port from 1 to 65535/],
    ["a port with a sign", { PEER_PORT: "+7" }, /PEER_PORT/],
    ["a host with a space", { PEER_HOST: "a b" }, /PEER_HOST/],
    ["a limit of 0", { PEER_CONNECT_TIMEOUT_MS: "0" }, /PEER_CONNECT_TIMEOUT_MS/],
    [
      "base64 with padding in the middle",
      { PEER_PROTOCOL: "raw", PEER_EXPECT_BASE64: "QQ=Q" },
      /PEER_EXPECT_BASE64/,
    ],
    [
      "expected bytes with the protocol longrun",
      { PEER_EXPECT_BASE64: "QQ==" },
      /PEER_EXPECT_BASE64 needs PEER_PROTOCOL=raw/,
    ],
  ];
  for (const [name, variables, message] of refused) {
    it(`refuses ${name}`, () => {
      expect(() => readEnvironment({ ...least, ...variables })).to.throw(FunctionEnvironmentError, message);
    });
  }

  it("accepts base64 without padding", () => {
    expect(
      readEnvironment({ ...least, PEER_PROTOCOL: "bytes", PEER_EXPECT_BASE64: "QQ" }).expect,
    ).to.deep.equal(Buffer.from("A"));
  });

  for (const [host, address] of [
    ["plc.local", "plc.local:7000"],
    ["fe80::1", "[fe80::1]:7000"],
  ] as const) {
    it(`writes the peer as ${address}`, () => {
      expect(peerAddress(readEnvironment({ ...least, PEER_HOST: host }))).to.equal(address);
    });
  }
});
