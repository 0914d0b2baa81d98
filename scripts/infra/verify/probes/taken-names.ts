/** The search of `make deploy` for taken names must find each name that exists, with the credentials of this user. */
import { nameLook } from "../../look-for-name.ts";
import { namesOf } from "../names.ts";
import { confirmed, differs, type ProbeContext, type ProbeResult } from "../probe.ts";

export async function takenNames({ name, region, running }: ProbeContext): Promise<ProbeResult> {
  const look = await nameLook({ region, local: running });
  const found = async (names: ReturnType<typeof namesOf>): Promise<readonly string[]> => {
    const there = [];
    for (const one of names) if ((await look.find(one)) !== null) there.push(one.what);
    return there;
  };
  try {
    const made = namesOf(name);
    const seen = await found(made);
    const missed = made.map(({ what }) => what).filter((what) => !seen.includes(what));
    if (missed.length > 0) return differs(`Not found, although they exist: ${missed.join(", ")}.`);
    const invented = await found(namesOf(`${name}x`));
    if (invented.length > 0) return differs(`Found, although they do not exist: ${invented.join(", ")}.`);
    return confirmed(`Found what exists (${seen.join(", ")}), and nothing with another name.`);
  } finally {
    look.close();
  }
}
