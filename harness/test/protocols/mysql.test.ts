import { mysql } from "../../src/protocols/mysql.ts";
import { readsRecordedBytes } from "./reads-recorded-bytes.ts";

describe("bytes of MySQL and MariaDB", () => {
  readsRecordedBytes(mysql, "mysql");
});
