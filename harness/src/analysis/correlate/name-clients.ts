/**
 * Finds the environment of a client from the name that it gave to the peer (docs/contracts.md#logs-of-real-servers). The name must
 * contain a log stream or a boot id. Servers cut long names: a cut name counts if exactly one log stream or boot id fits it.
 */
import { clientNameParts, type ClientNameParts } from "../../words/client-name.ts";
import type { PeerHello, PeerLogRecord } from "../../record/peer-log.ts";

interface Named {
  /** The name of the log stream. */
  readonly id: string;
  readonly boots: readonly { readonly bootId: string | null }[];
}

export class ClientNames {
  readonly #streams: ReadonlySet<string>;
  readonly #boots: ReadonlyMap<string, string>;
  readonly #strangers: ReadonlySet<string>;
  readonly #known = new Map<string, PeerHello | null>();

  constructor(environments: readonly Named[], strangers: readonly string[]) {
    this.#streams = new Set(environments.map(({ id }) => id));
    this.#boots = new Map(
      environments.flatMap(({ id, boots }) =>
        boots.flatMap(({ bootId }) => (bootId === null ? [] : [[bootId, id] as const])),
      ),
    );
    this.#strangers = new Set(strangers);
  }

  /** If the client's name identifies the client, adds a hello to the record. Completes the log stream of a hello that has only a part of it. */
  named(record: PeerLogRecord): PeerLogRecord {
    const { server, hello } = record;
    if (hello !== null) {
      const completed = this.#completed(hello);
      return completed === hello ? record : { ...record, hello: completed };
    }
    if (server === undefined) return record;
    const said = this.#strangers.has(server.user ?? "")
      ? strange(server.user ?? "")
      : this.hello(server.client);
    return said === null ? record : { ...record, hello: said };
  }

  hello(name: string | null): PeerHello | null {
    if (name === null) return null;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const hello = this.#strangers.has(name) ? strange(name) : this.#read(name);
    this.#known.set(name, hello);
    return hello;
  }

  #completed(hello: PeerHello): PeerHello {
    const { logStream } = hello;
    if (logStream === null || this.#streams.has(logStream)) return hello;
    const found = this.hello(logStream);
    return found === null ? hello : { ...hello, logStream: found.logStream };
  }

  #read(name: string): PeerHello | null {
    const parts = clientNameParts(name);
    const streams = [...this.#streams].filter((stream) => name.includes(stream));
    const boots = [...this.#boots.keys()].filter(
      (boot) => boot.length >= BOOT_CHARACTERS && name.includes(boot),
    );
    const [stream] = streams;
    const [boot] = boots;
    if (streams.length > 1 || boots.length > 1) return null;
    if (boot !== undefined) {
      const environment = this.#boots.get(boot) ?? null;
      return stream !== undefined && stream !== environment ? null : said(boot, environment);
    }
    if (stream !== undefined) return said(null, stream);
    // The log stream is not in the evidence, or it is one of another function.
    return parts.stream !== null ? said(null, parts.stream) : this.#cutShort(parts);
  }

  #cutShort({ streamBegin, streamEnd, bootBegin }: ClientNameParts): PeerHello | null {
    if (streamBegin !== null) {
      const begun = [...this.#streams].filter((stream) => stream.startsWith(streamBegin));
      return begun.length === 1 ? said(null, begun[0] ?? null) : null;
    }
    const ended = streamEnd === null ? [] : [...this.#streams].filter((stream) => stream.endsWith(streamEnd));
    if (ended.length === 1) return said(null, ended[0] ?? null);
    if (bootBegin === null) return null;
    const begun = [...this.#boots].filter(([boot]) => boot.startsWith(bootBegin));
    const [only] = begun;
    return begun.length === 1 && only !== undefined ? said(only[0], only[1]) : null;
  }
}

const said = (bootId: string | null, logStream: string | null): PeerHello => ({
  bootId,
  logStream,
  phase: null,
});
/** Returns the hello of a stranger. A `logStream` that is neither a log stream's name nor the beginning of one means a stranger. */
const strange = (name: string): PeerHello => said(null, name);

/** A shorter boot id could occur in a name by chance. */
const BOOT_CHARACTERS = 8;
