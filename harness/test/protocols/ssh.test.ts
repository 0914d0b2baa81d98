import { ssh } from "../../src/protocols/ssh.ts";
import { readsRecordedBytes } from "./reads-recorded-bytes.ts";

describe("bytes of SSH", () => {
  readsRecordedBytes(ssh, "ssh");
});
