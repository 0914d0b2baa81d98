// The fix: `end()` sends COM_QUIT (MySQL's goodbye), and the handler waits until the server has closed the connection. Only then is the
// place free.
import { once } from "node:events";
import mysql from "mysql2/promise";

export async function handler() {
  const connection = await mysql.createConnection({ uri: process.env.DATABASE_URL, connectTimeout: 30000 });
  connection.on("error", () => {});
  const closed = once(connection.connection.stream, "close");
  try {
    const [rows] = await connection.query("select 1 as one");
    return rows[0];
  } finally {
    await connection.end();
    await closed;
  }
}
