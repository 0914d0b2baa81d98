/** The engine as a test sees it: the types of the library's entry, without code. */
import type { WantedIsolation } from "../words/isolation.ts";
import type { LinkPlace } from "../words/link-place.ts";
import type { ProtocolChoice } from "../catalogue/protocols/all-protocols.ts";
import type { RunnableRuntime } from "../catalogue/runtimes/all-runtimes.ts";
import type { FunctionUnderTest } from "./function-face.ts";
import type { PeerUnderTest } from "./peer-face.ts";

export interface EngineOptions {
  /**
   * `namespaces`: environments see /tmp, /var/task and /opt as on Lambda (Linux). Default: `namespaces` if a function finds a peer under
   * the peer's own host name (see `link`), else `none`, which is the fastest.
   */
  readonly isolation?: WantedIsolation;
  /**
   * Where your functions find their peer: in two variables, in one variable that holds a URL, DSN or HOST:PORT, or under the peer's own
   * host name and port (Linux, isolation `namespaces`). Default: `peerVariables`.
   */
  readonly link?: LinkPlace;
  /**
   * For functions with several peers: where they find each peer. The key is the NAME of the peer. `links` takes the place of `link` and
   * `peerVariables`.
   */
  readonly links?: Readonly<Record<string, LinkPlace>>;
  /** The protocol of your own peers, for example `postgres`. By default it is recognised by the first bytes of a connection. */
  readonly protocol?: ProtocolChoice;
  /** The variables in which your functions find the peer's address. Default PEER_HOST and PEER_PORT. */
  readonly peerVariables?: { readonly host: string; readonly port: string };
  /** The command that starts the runtime client of functions in Ruby and .NET, such as `bundle exec aws_lambda_ric "$_HANDLER"`. */
  readonly launcher?: string;
}

export interface Engine {
  /** `http://127.0.0.1:PORT`: the Lambda API and the CloudWatch Logs API for any AWS client, with any credentials. */
  readonly endpoint: string;
  /**
   * Makes a function and reserves concurrency 1. Throws a LongrunError: "usage" if the code or a setting is wrong (the message says what
   * was expected), "unavailable" if the engine refuses it.
   */
  createFunction(options: FunctionOptions): Promise<FunctionUnderTest>;
  /** Ends every environment, process and socket. A test suite that does not call this method keeps running. */
  close(): Promise<void>;
}

/** A peer of your own: a server that runs already. */
export interface OwnPeer {
  readonly host: string;
  readonly port: number;
  /** How many connections it serves at one time. Default 1. */
  readonly capacity?: number;
}

export interface FunctionOptions {
  /**
   * The code, relative to the working directory: a zip, a jar, a Python file, what Maven or Gradle built, a folder with its node_modules, or a
   * folder with a `bootstrap`. It can also be a source file for Node (.mjs, .js, .cjs, .ts, …), which is bundled with what it imports, or a
   * source folder in Go or Rust, which is built.
   */
  readonly code: string;
  /** The program that the function runs, if a Cargo package has several. */
  readonly bin?: string;
  /** Default `index.handler`. For a source file the default has the file's name, for example `handler.handler` for handler.ts. */
  readonly handler?: string;
  /** The name of the function. Default: made from the code's name. It must be unique within the engine. */
  readonly name?: string;
  /** The environment variables of the function. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The peer to which the function connects: a peer of startPeer, whose log then counts as evidence, or a peer of your own. */
  readonly peer?: PeerUnderTest | OwnPeer;
  /** With `links`, and in place of `peer`: the function's several peers. The keys are those of `links`. */
  readonly peers?: Readonly<Record<string, PeerUnderTest | OwnPeer>>;
  /** The names that other clients of the peer use when they connect to it. */
  readonly strangers?: readonly string[];
  /** Whether the function isolates tenants, which `provoke("tenants")` needs. Then every invocation must name one. */
  readonly isolatesTenants?: boolean;
  /** The time-out in milliseconds: whole seconds, 1000 to 900000. Default 10000. */
  readonly timeoutMs?: number;
  /** The memory in MB. Default 256. */
  readonly memoryMb?: number;
  /**
   * Default: nodejs22.x for code in Node, else the runtime that the code needs. If Node 22 is not installed, the function runs on the Node
   * of the test.
   */
  readonly runtime?: RunnableRuntime;
}
