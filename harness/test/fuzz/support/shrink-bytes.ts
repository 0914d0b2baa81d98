/** Makes a failing input shorter, so that it shows what matters and the corpus (the inputs that are kept) stays small. */
import type { FuzzCase } from "./fuzz-case.ts";

const TRIES_MAX = 600;

/** Returns a shorter input that still fails. `fails` says whether an input fails in the same way. */
export async function shrinkBytes(
  input: FuzzCase,
  fails: (input: FuzzCase) => Promise<boolean>,
): Promise<FuzzCase> {
  let best = input;
  let tries = 0;
  const shorter = async (candidate: FuzzCase): Promise<boolean> => {
    tries += 1;
    if (tries > TRIES_MAX || !(await fails(candidate))) return false;
    best = candidate;
    return true;
  };
  if (best.pieces.length > 0) await shorter({ ...best, pieces: [] });
  for (
    let size = Math.ceil(best.bytes.length / 2);
    size >= 1 && tries <= TRIES_MAX;
    size = Math.floor(size / 2)
  )
    for (let from = 0; from < best.bytes.length && tries <= TRIES_MAX;) {
      const { bytes, pieces } = best;
      const cut = Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + size)]);
      if (!(await shorter({ bytes: cut, pieces }))) from += size;
    }
  return best;
}
