// The same failure with a pool. Reserved concurrency allows two invocations at once, each with two connections, and the role may have four. But
// environments that run nothing keep their pools too, so a third one finds no place: a pool limits one environment, not the function.
import pg from "pg";

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
  max: 2,
  connectionTimeoutMillis: 2000,
});
// Without a listener, an end by the server would end the process.
pool.on("error", () => {});

const ask = () => Promise.all([pool.query("select now() as time"), pool.query("select 1 as one")]);

// The pool is filled when the module is loaded, to save time. If that fails, the first invocation tries again.
await ask().catch(() => null);

export async function handler() {
  const [{ rows }] = await ask();
  return rows[0];
}
