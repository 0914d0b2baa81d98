/** Saves memory: names that occur in every line of a source are stored only once. */
import type { JournalEvent } from "../record/journal.ts";
import type { LinkLogRecord } from "../record/link-log.ts";
import type { PeerHello, PeerLogRecord, ServerLogWords } from "../record/peer-log.ts";

export class SharedTexts {
  readonly #texts = new Map<string, string>();
  readonly #hellos = new Map<string, PeerHello>();

  one<T extends string | null | undefined>(text: T): T {
    if (typeof text !== "string") return text;
    const first = this.#texts.get(text);
    if (first !== undefined) return first as T;
    this.#texts.set(text, text);
    return text;
  }

  journal = (event: JournalEvent): JournalEvent =>
    event.event === "invocation-ended" || event.event === "invocation-sent"
      ? { ...event, function: this.one(event.function) }
      : event;

  peer = (record: PeerLogRecord): PeerLogRecord => ({
    ...record,
    event: this.one(record.event),
    ...(record.server === undefined ? {} : { server: this.#words(record.server) }),
    hello: record.hello === null ? null : this.#hello(record.hello),
  });

  #hello = (hello: PeerHello): PeerHello => {
    const key = JSON.stringify(hello);
    const first = this.#hellos.get(key) ?? hello;
    this.#hellos.set(key, first);
    return first;
  };

  #words = (words: ServerLogWords): ServerLogWords => ({
    ...words,
    client: this.one(words.client),
    user: this.one(words.user),
    database: this.one(words.database),
  });

  link = (record: LinkLogRecord): LinkLogRecord => ({
    ...record,
    event: this.one(record.event),
    functionName: this.one(record.functionName),
    environment: this.one(record.environment),
    by: this.one(record.by),
    ending: this.one(record.ending),
    ...(record.protocol === undefined ? {} : { protocol: this.one(record.protocol) }),
    ...(record.outcome === undefined ? {} : { outcome: this.one(record.outcome) }),
    ...(record.clientName === undefined ? {} : { clientName: this.one(record.clientName) }),
  });
}
