/**
 * What the name that a client gave to a real server can show about its environment (docs/contracts.md#logs-of-real-servers): a log stream or a boot
 * id, whole or cut short.
 */
export interface ClientNameParts {
  /** A whole log stream. */
  readonly stream: string | null;
  /** The beginning of a log stream. */
  readonly streamBegin: string | null;
  /** The end of a log stream. */
  readonly streamEnd: string | null;
  /** The beginning of a boot id. */
  readonly bootBegin: string | null;
}

export function clientNameParts(name: string): ClientNameParts {
  const found = (form: RegExp): string | null => form.exec(name)?.[0] ?? null;
  return {
    stream: found(WHOLE_STREAM),
    streamBegin: found(CUT_STREAM),
    streamEnd: found(STREAM_END),
    bootBegin: found(CUT_BOOT),
  };
}

/** Whether a client with this name could be identified, if its log stream or boot id is in the evidence. */
export function mayIdentify(name: string): boolean {
  return WHOLE_BOOT.test(name) || Object.values(clientNameParts(name)).some((part) => part !== null);
}

/** A whole log stream anywhere in a name, in the form of identify-client.ts. */
const WHOLE_STREAM = /\d{4}\/\d{2}\/\d{2}\/[^[\]]*\[[^\]]+\]\[?[0-9a-f-]{32,36}\]?/;
/**
 * A log stream at the end of a name that was cut inside the random part. At least three characters of that part are needed, because with fewer,
 * several streams may begin with it.
 */
const CUT_STREAM = /\d{4}\/\d{2}\/\d{2}\/[^[\]]*\[[^\]]+\]\[?[0-9a-f]{3,31}$/;
/**
 * The last characters of a stream, for servers that allow only short names (MQTT: 23). No name ends by chance with the last 16 or more characters
 * of a stream.
 */
const STREAM_END = /[0-9a-f]{16,31}$/;
const CUT_BOOT = /[0-9a-f]{8}(?:-[0-9a-f-]{0,27})?$/;
/** The beginning of a UUID, as in the boot ids of longrun's functions. */
const WHOLE_BOOT = /[0-9a-f]{8}-[0-9a-f]{4}-/;
