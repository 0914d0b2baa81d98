// A function with two peers: the broker through the fix, the database through the published failure.
import { handler as publish } from "../../../../../examples/mqtt/handler-connect.mjs";
import { handler as query } from "../../../../../examples/postgres/init-connect.mjs";

export async function handler() {
  await publish();
  return query();
}
