// The fix: each invocation has its own connection. `end()` resolves when the server has closed the connection too, so that the next
// environment finds the place free.
import pg from "pg";

export async function handler() {
  const client = new pg.Client({
    connectionString: process.env.DATABASE_URL,
    application_name: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    connectionTimeoutMillis: 5000,
  });
  client.on("error", () => {});
  await client.connect();
  try {
    const { rows } = await client.query("select now() as time");
    return rows[0];
  } finally {
    await client.end();
  }
}
