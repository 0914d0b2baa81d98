/** Searches for the shortest breaking schedule of the failure of README.md in each language that `make test-all` leaves out. */
import { LANGUAGE_PAIRS, testSearch } from "../e2e/language-pairs.ts";

describe("the search in each language", function () {
  this.timeout(900_000);
  for (const pair of LANGUAGE_PAIRS.filter(({ language }) => language !== "python"))
    describe(`in ${pair.language}`, () => testSearch(pair));
});
