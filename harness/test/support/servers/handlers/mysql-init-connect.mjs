// The failure: one connection is kept for all invocations.
import mysql from "mysql2/promise";

async function connect() {
  const connection = await mysql.createConnection({ uri: process.env.DATABASE_URL, connectTimeout: 30000 });
  connection.on("error", () => {});
  return connection;
}

let connection = await connect().catch(() => null);

export async function handler() {
  connection ??= await connect();
  const [rows] = await connection.query("select 1 as one");
  return rows[0];
}
