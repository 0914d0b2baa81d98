// The fix: each invocation has its own pool. `end()` resolves when every client of the pool has begun to close. The event `remove` comes when
// the server has closed a client's connection too, so the handler waits for one such event for each client.
import pg from "pg";

export async function handler() {
  const pool = new pg.Pool({
    connectionString: process.env.DATABASE_URL,
    application_name: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    max: 2,
    connectionTimeoutMillis: 5000,
  });
  pool.on("error", () => {});
  try {
    const answers = [pool.query("select now() as time"), pool.query("select 1 as one")];
    // Waits for both queries, even if one of them fails, so that the pool is not ended while a query runs.
    await Promise.allSettled(answers);
    const [{ rows }] = await Promise.all(answers);
    return rows[0];
  } finally {
    await endAndWait(pool);
  }
}

async function endAndWait(pool) {
  let open = pool.totalCount;
  const closed = new Promise((resolve) => {
    if (open === 0) resolve();
    pool.on("remove", () => {
      open -= 1;
      if (open === 0) resolve();
    });
  });
  await pool.end();
  await closed;
}
