/**
 * Loaded before all tests (.mocharc.json).
 * - Property tests that name no seed use this one, so that a test run can be repeated. LONGRUN_PROPERTY_SEED sets another seed, to look for
 *   new cases.
 * - `deep.equal` first uses Node's own comparison, which is several times as fast as chai's. For the plain values that these tests compare,
 *   what Node finds equal is equal for chai too. If Node finds a difference, chai decides.
 */
import { config, util } from "chai";
import fc from "fast-check";
import { env } from "node:process";
import { isDeepStrictEqual } from "node:util";

fc.configureGlobal({ seed: Number(env["LONGRUN_PROPERTY_SEED"] ?? 20261126) });

const { eql } = util;
config.deepEqual = (expected, actual) => isDeepStrictEqual(expected, actual) || eql(expected, actual);
