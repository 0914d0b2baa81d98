/**
 * Finds out which environment a client means that named itself to a real server (docs/contracts.md#logs-of-real-servers). Only a name that
 * contains a log stream or a boot id is a hello. A server can cut a name short: then it must begin exactly one of them, and enough of it must
 * be left. Any other name says nothing, except one that the user called a stranger's.
 */
import type { PeerHello, PeerLogRecord } from "../../domain/peer-log.ts";

interface Named {
  /** The log stream. */
  readonly id: string;
  readonly boots: readonly { readonly bootId: string | null }[];
}

export class ClientNames {
  readonly #streams: readonly string[];
  readonly #boots: ReadonlyMap<string, string>;
  readonly #strangers: ReadonlySet<string>;
  readonly #known = new Map<string, PeerHello | null>();

  constructor(environments: readonly Named[], strangers: readonly string[]) {
    this.#streams = environments.map(({ id }) => id);
    this.#boots = new Map(
      environments.flatMap(({ id, boots }) =>
        boots.flatMap(({ bootId }) => (bootId === null ? [] : [[bootId, id] as const])),
      ),
    );
    this.#strangers = new Set(strangers);
  }

  /** The record with a hello, if the client's name is one. */
  named(record: PeerLogRecord): PeerLogRecord {
    const { server, hello } = record;
    if (server === undefined || hello !== null) return record;
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

  #read(name: string): PeerHello | null {
    const whole = WHOLE_STREAM.exec(name)?.[0];
    const streams = this.#streams.filter((stream) => name.includes(stream));
    const boots = [...this.#boots.keys()].filter(
      (boot) => boot.length >= BOOT_CHARACTERS && name.includes(boot),
    );
    const [stream] = streams;
    const [boot] = boots;
    // A name with two of them does not say which one it means.
    if (streams.length > 1 || boots.length > 1) return null;
    if (boot !== undefined) {
      const environment = this.#boots.get(boot) ?? null;
      return stream !== undefined && stream !== environment ? null : said(boot, environment);
    }
    if (stream !== undefined) return said(null, stream);
    // It names an environment that is not in the evidence, or one of another function.
    if (whole !== undefined) return said(null, whole);
    return this.#cutShort(name);
  }

  #cutShort(name: string): PeerHello | null {
    const part = CUT_STREAM.exec(name)?.[0];
    if (part !== undefined) {
      const begun = this.#streams.filter((stream) => stream.startsWith(part));
      return begun.length === 1 ? said(null, begun[0] ?? null) : null;
    }
    const bootPart = CUT_BOOT.exec(name)?.[0];
    if (bootPart === undefined) return null;
    const begun = [...this.#boots].filter(([boot]) => boot.startsWith(bootPart));
    const [only] = begun;
    return begun.length === 1 && only !== undefined ? said(only[0], only[1]) : null;
  }
}

const said = (bootId: string | null, logStream: string | null): PeerHello => ({
  bootId,
  logStream,
  phase: null,
});
/** Such a name cannot be one of a log stream, so its owner is a stranger. */
const strange = (name: string): PeerHello => said(null, name);

/** The same form as in identify-client.ts, anywhere in a name. */
const WHOLE_STREAM = /\d{4}\/\d{2}\/\d{2}\/[^[\]]*\[[^\]]+\]\[?[0-9a-f-]{32,36}\]?/;
/**
 * The end of a name that was cut short inside the part by which streams of one day and version differ. With fewer characters of it, another
 * stream could begin in the same way.
 */
const CUT_STREAM = /\d{4}\/\d{2}\/\d{2}\/[^[\]]*\[[^\]]+\]\[?[0-9a-f]{3,31}$/;
const CUT_BOOT = /[0-9a-f]{8}(?:-[0-9a-f-]{0,27})?$/;
/** A shorter boot id could be in a name by chance. */
const BOOT_CHARACTERS = 8;
