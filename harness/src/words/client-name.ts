/**
 * Log streams and boot ids, whole or cut short, in the name that a client gave to a real server (docs/contracts.md#logs-of-real-servers).
 */
export interface ClientNameParts {
  readonly stream: string | null;
  readonly streamBegin: string | null;
  readonly streamEnd: string | null;
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

/** Whether this name can identify a client whose log stream or boot id is in the evidence. */
export function mayIdentify(name: string): boolean {
  return WHOLE_BOOT.test(name) || Object.values(clientNameParts(name)).some((part) => part !== null);
}

const WHOLE_STREAM = /\d{4}\/\d{2}\/\d{2}\/[^[\]/]*\[[^[\]/]+\]\[?[0-9a-f-]{32,36}\]?/;
/**
 * A log stream that was cut inside its random part. At least three characters of that part are needed, because several streams may begin
 * with fewer.
 */
const CUT_STREAM = /\d{4}\/\d{2}\/\d{2}\/[^[\]/]*\[[^[\]/]+\]\[?[0-9a-f]{3,31}$/;
/**
 * The end of a stream, for servers that allow only short names (MQTT: 23 characters). 16 characters are enough: no other client
 * has a name that ends with the last 16 characters of a stream.
 */
const STREAM_END = /[0-9a-f]{16,31}$/;
const CUT_BOOT = /[0-9a-f]{8}(?:-[0-9a-f-]{0,27})?$/;
/** The beginning of a UUID. Boot ids of longrun's functions are UUIDs. */
const WHOLE_BOOT = /[0-9a-f]{8}-[0-9a-f]{4}-/;
