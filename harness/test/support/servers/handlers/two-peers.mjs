// A function with two peers: it connects to the broker in each invocation (the fix), and to the database in Init (the failure).
import { handler as publish } from "../../../../../examples/mqtt/handler-connect.mjs";
import { handler as query } from "../../../../../examples/postgres/init-connect.mjs";

export async function handler() {
  await publish();
  return query();
}
