import { expect } from "chai";
import { SpilledTexts } from "../../../src/adapters/storage/spilled-texts.ts";

describe("texts in memory and in a temporary file", () => {
  it("are given back, whatever their length is and how many there are", () => {
    const store = new SpilledTexts();
    const texts = Array.from({ length: 3_000 }, (_, index) => `ä€😀 ${index} `.repeat(index));
    texts.push("", "long ".repeat(2_000_000), "last");
    const places = texts.map((text) => store.append(text));
    for (const [index, place] of places.entries()) expect(store.read(place) === texts[index]).to.equal(true);
    store.close();
  });

  it("have equal keys if they are equal, and different keys if they are different", () => {
    const store = new SpilledTexts();
    const keys = Array.from({ length: 10_000 }, (_, index) => store.key(`text ${index}`));
    expect(new Set(keys).size).to.equal(10_000);
    expect(keys.every(Number.isSafeInteger)).to.equal(true);
    expect(store.key("text 17")).to.equal(keys[17]);
    store.close();
  });

  it("have different keys in each store", () => {
    expect(new SpilledTexts().key("text")).not.to.equal(new SpilledTexts().key("text"));
  });
});
