/** One combination of what is hidden for the whole run: the facts with a given offset of each source's clock, and a server. */
import type { Facts } from "../facts/facts.ts";
import type { Server } from "./server.ts";

export interface Hypothesis {
  readonly facts: Facts;
  readonly server: Server;
}
