// The failure that longrun's README describes: one connection for all invocations, opened when the module is loaded, to save time. Ordinary
// tests pass. Then Lambda initialises a second environment, which takes the role's only connection and is never invoked.
import pg from "pg";

async function connect() {
  const client = new pg.Client({
    connectionString: process.env.DATABASE_URL,
    application_name: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    connectionTimeoutMillis: 5000,
  });
  // Without a listener for errors, the process would end when the server ends the connection.
  client.on("error", () => {});
  await client.connect();
  return client;
}

// If this attempt fails, the first invocation tries again.
let client = await connect().catch(() => null);

export async function handler() {
  client ??= await connect();
  const { rows } = await client.query("select now() as time");
  return rows[0];
}
