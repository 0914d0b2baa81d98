// `end()` resolves when COM_QUIT (MySQL's goodbye) was handed to the socket. Under TLS, COM_QUIT may be sent only later, when the
// environment is already frozen.
import mysql from "mysql2/promise";

export async function handler() {
  const connection = await mysql.createConnection({ uri: process.env.DATABASE_URL, connectTimeout: 2000 });
  connection.on("error", () => {});
  try {
    const [rows] = await connection.query("select 1 as one");
    return rows[0];
  } finally {
    await connection.end();
  }
}
