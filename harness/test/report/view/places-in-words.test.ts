import { expect } from "chai";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import { placesInWords } from "../../../src/report/view/places-in-words.ts";

describe("placesInWords", () => {
  type Case = readonly [
    reserved: number | null,
    places: FunctionResult["places"],
    sentences: readonly string[],
  ];
  const cases: readonly Case[] = [
    [1, undefined, []],
    [1, { capacity: 1, peakPlaces: 1 }, []],
    [null, { capacity: 1, peakPlaces: null }, []],
    [
      2,
      { capacity: 2, peakPlaces: 1 },
      ["The peer has 2 places; at most 1 connection was open at one time."],
    ],
    [
      1,
      { capacity: null, peakPlaces: null },
      ["It is not known how many connections the peer serves at one time (--capacity)."],
    ],
    [
      3,
      { capacity: 2, peakPlaces: 2 },
      [
        "The peer has 2 places; at most 2 connections were open at one time.",
        "Up to 3 invocations run at one time, so the peer must run out of places: this is no fault of the function.",
      ],
    ],
    [
      1,
      { capacity: 1, peakPlaces: 2 },
      ["2 connections were open at one time, so the peer has more than 1 place (--capacity)."],
    ],
    [
      2,
      { capacity: 4, peakPlaces: 10 },
      ["10 connections were open at one time, so the peer has more than 4 places (--capacity)."],
    ],
  ];
  for (const [reservedConcurrency, places, sentences] of cases)
    it(`returns ${sentences.length} sentences for ${JSON.stringify(places ?? null)} with reserved concurrency ${reservedConcurrency}`, () => {
      expect(
        placesInWords({ reservedConcurrency, ...(places === undefined ? {} : { places }) }),
      ).to.deep.equal(sentences);
    });
});
