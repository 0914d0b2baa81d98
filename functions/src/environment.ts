/** The function's settings, from environment variables. One error names every mistake. */
export interface FunctionEnvironment {
  readonly peerHost: string;
  readonly peerPort: number;
  readonly peerProtocol: "longrun" | "raw";
  /** The limit for connect and hello together. With `raw`: for connect and the first exchange together, and for each later exchange. */
  readonly connectTimeoutMs: number;
  /** `raw` only: what is sent in each exchange; null if the peer sends first. */
  readonly request: Uint8Array | null;
  /** `raw` only: what the answer must contain; null if its first byte is enough. */
  readonly expect: Uint8Array | null;
  readonly logStream: string;
  /** `host:port` of the Runtime and Extensions APIs; null outside of Lambda. */
  readonly runtimeApi: string | null;
}

export class FunctionEnvironmentError extends Error {
  override readonly name = "FunctionEnvironmentError";
}

export type ProcessVariables = Readonly<Record<string, string | undefined>>;

/** An empty variable counts as absent: templates and Terraform write empty strings for values that are not set. */
const present = (variables: ProcessVariables, name: string): string | null => {
  const value = variables[name];
  return value === undefined || value === "" ? null : value;
};

function wholeNumber(text: string, range: { readonly least: number; readonly most: number }): number | null {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return value >= range.least && value <= range.most ? value : null;
}

function bytesFromBase64(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, "base64");
  const canonical = bytes.toString("base64").replace(/(?<!=)=+$/, "");
  return bytes.length > 0 && canonical === text.replace(/(?<!=)=+$/, "") ? bytes : null;
}

export function readEnvironment(variables: ProcessVariables): FunctionEnvironment {
  const problems: string[] = [];
  const read = <T>(
    name: string,
    expected: string,
    parse: (text: string) => T | null,
    absent: T | null,
  ): T | null => {
    const text = present(variables, name);
    const value = text === null ? absent : parse(text);
    if (text !== null && value === null)
      problems.push(`${name} must be ${expected}, not ${JSON.stringify(text.slice(0, 80))}`);
    return value;
  };
  const required = <T>(name: string, expected: string, parse: (text: string) => T | null): T | null => {
    if (present(variables, name) === null) problems.push(`${name} is missing: ${expected}`);
    return read(name, expected, parse, null);
  };

  const host = required("PEER_HOST", "a host name or address", (text) => (/\s/.test(text) ? null : text));
  const port = required("PEER_PORT", "a port from 1 to 65535", (text) =>
    wholeNumber(text, { least: 1, most: 65_535 }),
  );
  const protocol = read("PEER_PROTOCOL", "longrun or raw", protocolNamed, "longrun" as const);
  const connectTimeoutMs = read(
    "PEER_CONNECT_TIMEOUT_MS",
    "whole milliseconds from 1 to 900000",
    (text) => wholeNumber(text, { least: 1, most: 900_000 }),
    2_000,
  );
  const request = read("PEER_REQUEST_BASE64", "base64 of at least one byte", bytesFromBase64, null);
  const expect = read("PEER_EXPECT_BASE64", "base64 of at least one byte", bytesFromBase64, null);
  for (const name of ["PEER_REQUEST_BASE64", "PEER_EXPECT_BASE64"]) {
    if (protocol === "longrun" && present(variables, name) !== null)
      problems.push(`${name} needs PEER_PROTOCOL=raw`);
  }

  if (
    host === null ||
    port === null ||
    protocol === null ||
    connectTimeoutMs === null ||
    problems.length > 0
  ) {
    throw new FunctionEnvironmentError(
      `the function's environment variables are wrong: ${problems.join("; ")}`,
    );
  }
  return Object.freeze({
    peerHost: host,
    peerPort: port,
    peerProtocol: protocol,
    connectTimeoutMs,
    request,
    expect,
    logStream: present(variables, "AWS_LAMBDA_LOG_STREAM_NAME") ?? "unknown",
    runtimeApi: present(variables, "AWS_LAMBDA_RUNTIME_API"),
  });
}

/** `bytes` is the earlier name of `raw`, which deployed functions may still have. */
function protocolNamed(text: string): "longrun" | "raw" | null {
  if (text === "bytes") return "raw";
  return text === "longrun" || text === "raw" ? text : null;
}

export function peerAddress(environment: FunctionEnvironment): string {
  const host = environment.peerHost.includes(":") ? `[${environment.peerHost}]` : environment.peerHost;
  return `${host}:${environment.peerPort}`;
}
