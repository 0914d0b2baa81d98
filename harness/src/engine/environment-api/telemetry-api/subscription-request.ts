/** Reads the body of a Telemetry API subscription and checks it against the limits of docs/aws/extensions.md#telemetry-api. Pure. */
const TELEMETRY_TYPES = ["platform", "function", "extension"] as const;
export type TelemetryType = (typeof TELEMETRY_TYPES)[number];

const SCHEMA_VERSIONS = ["2022-07-01", "2022-12-13", "2025-01-29"] as const;
export type SchemaVersion = (typeof SCHEMA_VERSIONS)[number];

export type TelemetryDestination =
  | { readonly protocol: "HTTP"; readonly port: number; readonly path: string }
  | { readonly protocol: "TCP"; readonly port: number };

export interface Buffering {
  readonly maxItems: number;
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

export interface Subscription {
  readonly schemaVersion: SchemaVersion;
  readonly types: readonly TelemetryType[];
  readonly buffering: Buffering;
  readonly destination: TelemetryDestination;
}

interface BufferLimit {
  readonly least: number;
  readonly most: number;
  readonly otherwise: number;
}

const LIMITS: Readonly<Record<keyof Buffering, BufferLimit>> = {
  maxItems: { least: 1_000, most: 10_000, otherwise: 10_000 },
  maxBytes: { least: 262_144, most: 1_048_576, otherwise: 262_144 },
  timeoutMs: { least: 25, most: 30_000, otherwise: 1_000 },
};

/** On AWS, the environment's own API listens on this port. */
const RESERVED_PORT = 9_001;
/** A subscriber must be inside the environment. */
const HOSTS: readonly string[] = ["sandbox.localdomain", "sandbox"];

class Invalid extends Error {}

/** Returns the subscription, or a text that says what is wrong with the body. */
export function readSubscription(body: string): Subscription | string {
  try {
    const given = object(JSON.parse(body), "the body");
    return {
      schemaVersion: oneOf(given["schemaVersion"], SCHEMA_VERSIONS, "schemaVersion"),
      types: types(given["types"]),
      buffering: readBuffering(given["buffering"]),
      destination: destination(given["destination"]),
    };
  } catch (error) {
    return error instanceof Invalid ? error.message : "the body is not JSON";
  }
}

function types(given: unknown): readonly TelemetryType[] {
  if (!Array.isArray(given) || given.length === 0)
    throw new Invalid("types: expected an array of at least one type");
  return [...new Set(given.map((one) => oneOf(one, TELEMETRY_TYPES, "types")))];
}

function readBuffering(given: unknown): Buffering {
  const members = given === undefined ? {} : object(given, "buffering");
  const value = (name: keyof Buffering): number =>
    members[name] === undefined
      ? LIMITS[name].otherwise
      : wholeNumber(members[name], LIMITS[name], `buffering.${name}`);
  return { maxItems: value("maxItems"), maxBytes: value("maxBytes"), timeoutMs: value("timeoutMs") };
}

function destination(given: unknown): TelemetryDestination {
  const members = object(given, "destination");
  const protocol = oneOf(members["protocol"], ["HTTP", "TCP"] as const, "destination.protocol");
  if (protocol === "TCP") {
    const port = wholeNumber(members["port"], { least: 1, most: 65_535 }, "destination.port");
    return { protocol, port: allowedPort(port, "destination.port") };
  }
  const text = members["URI"];
  if (typeof text !== "string" || !URL.canParse(text)) throw new Invalid("destination.URI: expected a URI");
  const uri = new URL(text);
  if (uri.protocol !== "http:" || !HOSTS.includes(uri.hostname) || uri.username !== "" || uri.password !== "")
    throw new Invalid("destination.URI: expected http and the host sandbox.localdomain");
  const port = uri.port === "" ? 80 : Number(uri.port);
  return { protocol, port: allowedPort(port, "destination.URI"), path: `${uri.pathname}${uri.search}` };
}

function allowedPort(port: number, where: string): number {
  if (port === 0 || port === RESERVED_PORT) throw new Invalid(`${where}: port ${port} cannot be used`);
  return port;
}

function object(given: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new Invalid(`${where}: expected an object`);
  return given as Readonly<Record<string, unknown>>;
}

function oneOf<Value extends string>(given: unknown, values: readonly Value[], where: string): Value {
  const found = values.find((value) => value === given);
  if (found === undefined) throw new Invalid(`${where}: expected one of ${values.join(", ")}`);
  return found;
}

function wholeNumber(
  given: unknown,
  { least, most }: { readonly least: number; readonly most: number },
  where: string,
): number {
  if (typeof given !== "number" || !Number.isInteger(given) || given < least || given > most)
    throw new Invalid(`${where}: expected a whole number from ${least} to ${most}`);
  return given;
}
