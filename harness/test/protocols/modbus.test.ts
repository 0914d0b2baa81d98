import { modbus } from "../../src/protocols/modbus.ts";
import { readsRecordedBytes } from "./reads-recorded-bytes.ts";

describe("bytes of Modbus", () => {
  readsRecordedBytes(modbus, "modbus");
});
