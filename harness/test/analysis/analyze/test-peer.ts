/**
 * The base class of the stories in story.ts (a test's script of who does what and when). It has the virtual clock, the peer (which treats
 * connections according to the chosen admission) and the links to the peer. It records the lines of the peer log and of the link log.
 */
import type { LinkLogRecord } from "../../../src/record/link-log.ts";
import type { PeerEnding, PeerHello, PeerLogRecord } from "../../../src/record/peer-log.ts";
import { iso, START_MS, type StoryOptions } from "./story-options.ts";

export interface TestConnection {
  readonly number: number;
  readonly hello: PeerHello | null;
  readonly remote: string;
  link: { readonly environment: string; readonly number: number; readonly boot: number } | null;
  state: "served" | "queued" | "over";
  onEvicted: (() => void) | null;
}

export class TestPeer {
  now = START_MS;
  readonly options: Required<StoryOptions>;
  readonly peerLog: PeerLogRecord[] = [];
  readonly linkLog: LinkLogRecord[] = [];
  #connections = 0;
  #links = 0;
  /** Counts the clients across restarts of the peer. Each client has its own port. */
  #clients = 0;
  #served: TestConnection[] = [];
  #queue: TestConnection[] = [];
  peerUp = true;

  constructor(options: StoryOptions) {
    this.options = {
      name: "f",
      target: "local",
      format: "json-debug",
      admission: "refuse",
      reservedConcurrency: options.capacity ?? 1,
      capacity: 1,
      peerClockMs: 0,
      lines: true,
      hello: true,
      success: null,
      ...options,
    };
  }

  wait(ms: number): this {
    this.now += ms;
    return this;
  }

  peerLine(event: PeerLogRecord["event"], connection: TestConnection | null): void {
    this.peerLog.push({
      time: iso(this.now + this.options.peerClockMs),
      event,
      connection: connection?.number ?? null,
      remote: connection?.remote ?? null,
      hello: connection?.hello ?? null,
    });
  }

  peerReady(): void {
    this.peerUp = true;
    this.#connections = 0;
    this.#served = [];
    this.#queue = [];
    this.peerLine("ready", null);
  }

  /** The peer is killed and writes nothing. */
  peerDies(): void {
    this.peerUp = false;
    this.#served = [];
    this.#queue = [];
  }

  /** The connection that has been served longest. */
  get holder(): TestConnection | null {
    return this.#served[0] ?? null;
  }

  /** All connections that are served, in the order in which they were accepted. */
  get holders(): readonly TestConnection[] {
    return this.#served;
  }

  arrive(
    hello: PeerHello | null,
    link: TestConnection["link"],
    onEvicted: (() => void) | null = null,
  ): TestConnection {
    this.#connections += 1;
    this.#clients += 1;
    const connection: TestConnection = {
      number: this.#connections,
      hello: this.options.hello ? hello : null,
      remote: `127.0.0.1:${40_000 + this.#clients}`,
      link,
      state: "over",
      onEvicted,
    };
    const [old] = this.#served;
    if (old === undefined || this.#served.length < this.options.capacity) {
      this.#serve(connection);
    } else if (this.options.admission === "refuse") {
      this.peerLine("refused", connection);
    } else if (this.options.admission === "backlog") {
      connection.state = "queued";
      this.#queue.push(connection);
      this.peerLog.push({
        time: iso(this.now + this.options.peerClockMs),
        event: "queued",
        connection: connection.number,
        remote: connection.remote,
        hello: null,
      });
    } else {
      this.peerLine("evicted", old);
      this.#served = this.#served.filter((one) => one !== old);
      old.state = "over";
      this.linkClosed(old, "peer", "fin");
      old.onEvicted?.();
      this.#serve(connection);
    }
    return connection;
  }

  #serve(connection: TestConnection): void {
    connection.state = "served";
    this.#served.push(connection);
    this.peerLine("accepted", connection);
  }

  request(connection: TestConnection): void {
    this.peerLine("request", connection);
  }

  /** The connection ends, and the next one in the queue is served. */
  leave(connection: TestConnection, how: Exclude<PeerEnding, "evicted"> = "closed"): void {
    if (connection.state === "over") return;
    const wasServed = connection.state === "served";
    connection.state = "over";
    this.#queue = this.#queue.filter((one) => one !== connection);
    if (!this.peerUp) return;
    this.peerLine(how, connection);
    if (!wasServed) return;
    this.#served = this.#served.filter((one) => one !== connection);
    const next = this.#queue.shift();
    if (next !== undefined) this.#serve(next);
  }

  newLink(environment: { readonly id: string; readonly boot: number }): {
    environment: string;
    number: number;
    boot: number;
  } {
    this.#links += 1;
    return { environment: environment.id, number: this.#links, boot: environment.boot };
  }

  linkLine(
    event: LinkLogRecord["event"],
    link: NonNullable<TestConnection["link"]>,
    more: Partial<LinkLogRecord> = {},
  ): void {
    this.linkLog.push({
      time: iso(this.now),
      event,
      functionName: this.options.name,
      environment: link.environment,
      boot: link.boot,
      connection: link.number,
      upstreamLocal: null,
      by: null,
      ending: null,
      answered: false,
      error: null,
      ...more,
    });
  }

  linkClosed(
    connection: TestConnection,
    by: LinkLogRecord["by"],
    ending: "fin" | "rst",
    answered = true,
  ): void {
    const { link, remote } = connection;
    if (link === null) return;
    const seen = { by, answered, upstreamLocal: remote };
    if (ending === "fin" && (by === "peer" || by === "function")) this.linkLine("half-closed", link, seen);
    this.linkLine("closed", link, { ...seen, ending });
  }
}
