/** The part of dynalite that we use: a DynamoDB-compatible server in memory. */
declare module "dynalite" {
  import type { Server } from "node:http";
  export default function dynalite(options?: {
    /** How long a new table stays CREATING. */
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }): Server;
}
