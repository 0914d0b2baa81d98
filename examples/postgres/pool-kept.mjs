// The failure of init-connect.mjs with a pool. At most two invocations run at the same time (reserved concurrency 2), each with two
// connections, and the role may have four connections. But idle environments keep their pools too, so a third environment finds no place.
// A pool limits the connections of one environment, not those of the function.
import pg from "pg";

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
  max: 2,
  connectionTimeoutMillis: 5000,
});
// Without a listener for errors, the process would end when the server ends the connection.
pool.on("error", () => {});

const ask = () => Promise.all([pool.query("select now() as time"), pool.query("select 1 as one")]);

// The pool is filled when the module is loaded, to save time. If that fails, the first invocation tries again.
await ask().catch(() => null);

export async function handler() {
  const [{ rows }] = await ask();
  return rows[0];
}
