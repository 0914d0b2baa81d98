import { expect } from "chai";
import { canPark } from "../../../src/engine/process/can-park.ts";

describe("whether a process can wait for a cold start", () => {
  it("can, except for a function with extensions, or whose variables name libraries", () => {
    expect([
      canPark({ NODE_OPTIONS: "-r x", AWS_LAMBDA_EXEC_WRAPPER: "/opt/wrap" }, []),
      canPark({}, ["one"]),
      canPark({ LD_PRELOAD: "x.so" }, []),
    ]).to.deep.equal([true, false, false]);
  });
});
