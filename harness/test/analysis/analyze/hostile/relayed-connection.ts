/**
 * One connection from a function through a link to the peer. Bytes and FIN arrive in order, each after a random delay. What a process sent
 * before it died still arrives, and an environment that ends may stop without a FIN. Writes the lines that the link and the peer would write.
 */
import type { PeerEnding, PeerHello } from "../../../../src/record/peer-log.ts";
import type { LinkLogRecord } from "../../../../src/record/link-log.ts";
import type { TestConnection, TestPeer } from "../test-peer.ts";
import { Channel, type VirtualClock } from "./virtual-clock.ts";

/** How long the peer waits for a hello. */
const HELLO_WAIT_MS = 500;
const IDLE_MS = 20_000;

/** Each is called when one thing reaches the function's process: the open connection, the answer to hello, the reply, the peer's FIN. */
export interface FunctionCallbacks {
  readonly opened: () => void;
  readonly answered: (answer: "welcome" | "busy") => void;
  readonly replied: () => void;
  readonly closed: () => void;
}

/** The state of a peer that serves one connection and refuses every other. */
export class PeerState {
  holder: RelayedConnection | null = null;
  connections = 0;
}

export class RelayedConnection {
  /** Null if the peer has not decided yet. */
  admitted: boolean | null = null;
  readonly owner: string;
  readonly #clock: VirtualClock;
  readonly #log: TestPeer;
  readonly #peerState: PeerState;
  readonly #callbacks: FunctionCallbacks;
  readonly #hello: PeerHello;
  readonly #toLink: Channel;
  readonly #toPeer: Channel;
  readonly #fromPeer: Channel;
  readonly #toFunction: Channel;
  readonly #link: NonNullable<TestConnection["link"]>;
  #atPeer: TestConnection | null = null;
  #peerEnded = false;
  #connected = false;
  #answered = false;
  #sealed: "silence" | "rst" | null = null;
  #closing: { by: LinkLogRecord["by"]; ending: "fin" | "rst" } | null = null;
  #sentFin = false;
  #gotFin = false;
  #recorded = false;
  #functionGone = false;
  #opened = false;

  constructor(
    world: { readonly clock: VirtualClock; readonly log: TestPeer; readonly peerState: PeerState },
    from: {
      readonly environment: string;
      readonly boot: number;
      readonly hello: PeerHello;
      readonly owner: string;
    },
    callbacks: FunctionCallbacks,
  ) {
    this.#clock = world.clock;
    this.#log = world.log;
    this.#peerState = world.peerState;
    this.#hello = from.hello;
    this.owner = from.owner;
    this.#callbacks = callbacks;
    [this.#toLink, this.#toPeer, this.#fromPeer, this.#toFunction] = [0, 1, 2, 3].map(
      () => new Channel(this.#clock),
    ) as [Channel, Channel, Channel, Channel];
    this.#link = { environment: from.environment, boot: from.boot, number: 0 };
    this.#toLink.send(() => this.#open());
  }

  sends(what: "hello" | "request"): void {
    this.#toLink.send(() => {
      if (this.#sealed === null && !this.#recorded)
        this.#toPeer.send(() => (what === "hello" ? this.#heardHello() : this.#heardRequest()));
    });
  }

  /** The process closes the connection, or the kernel closes it for a process that died. */
  ends(how: "fin" | "rst"): void {
    this.#functionGone = true;
    this.#toLink.send(() => (how === "fin" ? this.#functionFin() : this.#functionReset()));
  }

  /** The environment ends during an invocation. */
  seal(ending: "silence" | "rst"): void {
    this.#functionGone = true;
    this.#sealed = ending;
    this.#clock.after(this.#clock.step(), () => {
      if (!this.#opened || this.#recorded) return;
      if (ending === "silence") return this.#line("silenced", { answered: this.#answered });
      this.#closing = { by: "environment-end", ending: "rst" };
      this.#resetUpstream();
    });
  }

  #open(): void {
    // If the environment ends before its SYN arrives, there is no connection.
    if (this.#sealed !== null) return;
    this.#opened = true;
    Object.assign(this.#link, this.#log.newLink({ id: this.#link.environment, boot: this.#link.boot }));
    this.#line("opened");
    this.#toFunction.send(() => this.#callbacks.opened());
    this.#toPeer.send(() => this.#arrived());
    this.#fromPeer.send(() => {
      this.#connected = true;
      if (!this.#recorded) this.#line("connected");
    });
  }

  #arrived(): void {
    if (this.#recorded) return;
    this.#peerState.connections += 1;
    this.#atPeer = {
      number: this.#peerState.connections,
      hello: null,
      remote: this.#remote(),
      link: this.#link,
      state: "served",
      onEvicted: null,
    };
    this.#clock.after(HELLO_WAIT_MS, () => this.#decide());
  }

  #remote(): string {
    return `127.0.0.1:${20_000 + (this.#link.number % 40_000)}`;
  }

  #heardHello(): void {
    if (this.#atPeer === null || this.#peerEnded || this.admitted !== null) return;
    this.#atPeer = { ...this.#atPeer, hello: this.#hello };
    this.#decide();
  }

  #decide(): void {
    if (this.#peerEnded || this.admitted !== null) return;
    const peerState = this.#peerState;
    this.admitted = peerState.holder === null;
    if (!this.admitted) {
      this.#log.peerLine("refused", this.#atPeer);
      this.#peerEnded = true;
      this.#answer("busy");
      this.#fromPeer.send(() => this.#peerFin());
      this.onRefused(peerState.holder);
      return;
    }
    peerState.holder = this;
    this.#log.peerLine("accepted", this.#atPeer);
    this.#answer("welcome");
    this.#clock.after(IDLE_MS, () => {
      if (!this.#peerEnded) this.#leaves("idle-timeout");
    });
  }

  /** Called when the peer refuses the connection, with the connection that the peer was serving. */
  onRefused: (holder: RelayedConnection | null) => void = () => {};

  #heardRequest(): void {
    if (this.#peerEnded || this.admitted !== true) return;
    this.#log.peerLine("request", this.#atPeer);
    this.#fromPeer.send(() => this.#forward(() => this.#callbacks.replied()));
  }

  #answer(what: "welcome" | "busy"): void {
    this.#fromPeer.send(() => {
      if (this.#recorded) return;
      if (!this.#answered && this.#sealed === null) this.#line("answered", { answered: true });
      this.#answered = true;
      this.#forward(() => this.#callbacks.answered(what));
    });
  }

  #forward(what: () => void): void {
    if (this.#sealed !== null || this.#recorded) return;
    if (!this.#functionGone) return void this.#toFunction.send(what);
    // After the process has died, its kernel answers data with a reset.
    this.#clock.after(this.#clock.step(), () => this.#functionReset());
  }

  #functionFin(): void {
    if (this.#sealed !== null || this.#recorded || this.#sentFin) return;
    this.#endedBy("function");
    this.#sentFin = true;
    this.#toPeer.send(() => this.#leaves("closed"));
    this.#closeIfOver();
  }

  #functionReset(): void {
    if (this.#sealed !== null || this.#recorded) return;
    this.#closing = { by: "function", ending: "rst" };
    this.#resetUpstream();
  }

  #resetUpstream(): void {
    this.#record();
    this.#toPeer.send(() => this.#leaves("reset"));
  }

  #leaves(how: Exclude<PeerEnding, "evicted">): void {
    if (this.#atPeer !== null && !this.#peerEnded) {
      this.#log.peerLine(how, this.#atPeer);
      this.#peerEnded = true;
      if (this.#peerState.holder === this) this.#peerState.holder = null;
    }
    this.#peerEnded = true;
    if (how !== "reset" && !this.#gotFin) this.#fromPeer.send(() => this.#peerFin());
  }

  #peerFin(): void {
    if (this.#gotFin || this.#recorded) return;
    this.#gotFin = true;
    this.#endedBy("peer");
    if (this.#sealed === "silence") return this.#record();
    if (!this.#functionGone || this.#sentFin) this.#toFunction.send(() => this.#callbacks.closed());
    this.#closeIfOver();
  }

  /** Writes the link's line `half-closed` at the first FIN only: the side that sent it is the one that ended the connection. */
  #endedBy(by: "function" | "peer"): void {
    if (this.#closing !== null) return;
    this.#closing = { by, ending: "fin" };
    this.#line("half-closed", { by, answered: this.#answered });
  }

  #closeIfOver(): void {
    if (this.#sentFin && this.#gotFin) this.#clock.after(this.#clock.step(), () => this.#record());
  }

  #record(): void {
    if (this.#recorded || !this.#opened) return;
    this.#recorded = true;
    this.#line("closed", { ...this.#closing, answered: this.#answered });
  }

  #line(event: LinkLogRecord["event"], more: Partial<LinkLogRecord> = {}): void {
    const upstreamLocal = this.#connected || event === "connected" ? this.#remote() : null;
    this.#log.linkLine(event, this.#link, { upstreamLocal, ...more });
  }
}
