import { expect } from "chai";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  findVerification,
  noteVerification,
  refuseRunning,
} from "../../../../scripts/infra/verify/verification.ts";
import { LongrunError } from "../../../src/base/errors.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("infrastructure: the note about a verification", () => {
  const place = temporaryFolder();
  const verification = { target: "aws", name: "lrv-1", region: "eu-central-1", tier: "full" } as const;

  it("is found again, and shows that the verification still runs", () => {
    expect(findVerification(place.path())).to.equal(null);
    noteVerification(place.path(), verification);
    expect(findVerification(place.path())).to.include(verification);
    expect(readdirSync(place.path()).sort()).to.deep.equal([".gitignore", "verification.json"]);
    expect(() => refuseRunning(place.path())).to.throw(`process ${process.pid}`);
  });

  for (const damaged of ["", "{", '{"target":"aws"}'])
    it(`is reported with its file and with advice if it is damaged: ${JSON.stringify(damaged)}`, () => {
      const file = join(place.path(), "verification.json");
      writeFileSync(file, damaged);
      for (const read of [findVerification, refuseRunning]) {
        const error = thrownBy(() => read(place.path()));
        expect([error.code, error.message]).to.deep.equal([
          "unavailable",
          `The note about an earlier verification is damaged: ${file}`,
        ]);
        expect(error.hint).to.contain("lrv-").and.to.contain(place.path());
      }
    });
});

function thrownBy(read: () => unknown): LongrunError {
  try {
    read();
  } catch (error) {
    if (error instanceof LongrunError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
