/**
 * An example for `make example`: a Postgres with as many places as two invocations need, and two handlers with a pool. One handler keeps
 * its pool, and the other one closes it.
 */
import { exampleFile, node, type Pair, type ServerUnderTest } from "./all-servers.ts";
import { startPostgres } from "./postgres.ts";

export interface Example extends Pick<ServerUnderTest, "link" | "start"> {
  readonly about: string;
  readonly pair: Pair;
  /** More flags of the soak. */
  readonly flags: readonly string[];
}

const PLACES = 4;

export const POSTGRES_POOL: Example = {
  about: `Postgres with ${PLACES} places, two invocations at once, and a pool of two connections in each environment`,
  link: "DATABASE_URL",
  start: async () => {
    const server = await startPostgres({ roleLimit: PLACES });
    return server === null ? null : { ...server, variables: { DATABASE_URL: server.url } };
  },
  pair: node(exampleFile("postgres/pool-kept.mjs"), exampleFile("postgres/pool-closed.mjs")),
  flags: ["--reserved-concurrency", "2", "--capacity", String(PLACES)],
};
