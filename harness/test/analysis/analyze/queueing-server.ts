/**
 * A server for test stories (story.ts). Only the links see the connections to it. The server serves as many clients as it has places, and leaves
 * the others in the operating system's queue, where TCP accepts them. It does not notice that a client in the queue has given up. When the
 * turn of such a client comes, the server answers what the client had sent, and only then reads the end of the connection.
 */
import type { LinkLogRecord } from "../../../src/record/link-log.ts";
import { judge } from "./judge.ts";
import * as mutate from "./mutate.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import type { TestEnvironment, TestRun } from "./story.ts";

export interface Client {
  /** Null for a stranger. */
  readonly environment: TestEnvironment | null;
  /** Null for a stranger: no link sees its connection. */
  readonly link: ReturnType<TestRun["newLink"]> | null;
  asked: boolean;
  answered: boolean;
  /** When the server's answer comes. */
  dueAt: number | null;
  /** Who ended the connection before the server did. */
  goneBy: "function" | "environment-end" | null;
}

export class QueueingServer {
  readonly served: Client[] = [];
  readonly #queue: Client[] = [];
  readonly #run: TestRun;
  readonly #places: number;
  readonly #thinksMs: number;

  constructor(
    run: TestRun,
    { places = 1, thinksMs = 2 }: { readonly places?: number; readonly thinksMs?: number } = {},
  ) {
    this.#run = run;
    this.#places = places;
    this.#thinksMs = thinksMs;
  }

  connect(environment: TestEnvironment): Client {
    const link = this.#run.newLink(environment);
    const client: Client = { environment, link, asked: false, answered: false, dueAt: null, goneBy: null };
    this.#line("opened", client);
    this.wait(1);
    this.#line("connected", client);
    this.#queue.push(client);
    this.#serveNext();
    return client;
  }

  /** A client that is no environment of the function connects. It holds the place until `end`. */
  stranger(): Client {
    const client: Client = {
      ...{ environment: null, link: null, dueAt: null, goneBy: null },
      ...{ asked: false, answered: false },
    };
    this.#queue.push(client);
    this.#serveNext();
    return client;
  }

  /** Sends a request and waits for the answer, at most `patienceMs`. Returns whether the answer came. */
  ask(client: Client, patienceMs = 1_500): boolean {
    const until = this.#run.now + patienceMs;
    client.asked = true;
    if (this.served.includes(client)) client.dueAt ??= this.#run.now + this.#thinksMs;
    if (client.dueAt === null || client.dueAt > until) {
      this.wait(patienceMs);
      return false;
    }
    this.wait(client.dueAt - this.#run.now);
    return true;
  }

  /** Ends the connection. The server notices the end at once if it is serving this client and owes the client no answer. */
  end(client: Client, by: "function" | "environment-end" = "function"): void {
    client.goneBy = by;
    if (by === "function") this.#line("half-closed", client, { by });
    if (this.served.includes(client) && client.dueAt === null) this.#close(client);
  }

  wait(ms: number): void {
    const until = this.#run.now + ms;
    for (let next = this.#nextDue(until); next !== null; next = this.#nextDue(until)) {
      this.#run.now = next.dueAt ?? until;
      next.dueAt = null;
      if (!next.answered) {
        next.answered = true;
        this.#line("answered", next);
      }
      if (next.goneBy !== null) this.#close(next);
    }
    this.#run.now = until;
  }

  #nextDue(until: number): Client | null {
    const due = this.served.filter(({ dueAt }) => dueAt !== null && dueAt <= until);
    return due.sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))[0] ?? null;
  }

  #close(client: Client): void {
    this.#line("closed", client, { by: client.goneBy, ending: "fin" });
    this.served.splice(this.served.indexOf(client), 1);
    this.#serveNext();
  }

  #serveNext(): void {
    while (this.served.length < this.#places) {
      const next = this.#queue.shift();
      if (next === undefined) return;
      this.served.push(next);
      if (next.asked) next.dueAt = this.#run.now + this.#thinksMs;
      else if (next.goneBy !== null) this.#close(next);
    }
  }

  #line(event: LinkLogRecord["event"], client: Client, more: Partial<LinkLogRecord> = {}): void {
    if (client.link !== null) this.#run.linkLine(event, client.link, { answered: client.answered, ...more });
  }
}

/** Judges the run without a peer log: only the links saw the connections to the user's own server. */
export function judged(run: TestRun): FunctionResult {
  const evidence = mutate.withoutPeerLog(run.end());
  const { manifest } = evidence;
  if (manifest === null) throw new Error("the story is no run");
  const profile = { ...manifest.profile, admission: null };
  return judge({ ...evidence, manifest: { ...manifest, profile } }, { capacity: { places: 1, given: true } });
}
