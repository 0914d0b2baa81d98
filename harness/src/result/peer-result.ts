/** What a function's result (function-result.ts) says about its peers: places, the result with each peer, connections taken over. */
import { z } from "zod";
import { member, record, type Recorded } from "../record/schema/member.ts";
import { COUNT, COUNT_OR_NULL, TEXT, TEXT_OR_NULL, VERDICT } from "../record/schema/result-members.ts";
import { REASONS } from "./result-words.ts";

export const REASON_LIST = z.array(z.enum(REASONS)).meta({ id: "reasons" });

const PLACES_MEMBERS = {
  capacity: member("kept", COUNT_OR_NULL, {
    about:
      "How many connections the peer serves at one time: the given number, or the default. Null if it is unknown.",
  }),
  peakPlaces: member("kept", COUNT_OR_NULL, {
    about:
      "The largest number of connections that can have been open at one time. Three kinds count only up to the capacity, unless other connections show that the capacity is larger: overlaps shorter than 50 ms, connections that the server may not have served yet, and connections without a line about their end. Null if neither a whole peer log nor a link log shows the number.",
  }),
} as const;
export const PLACES = record(PLACES_MEMBERS);
export type PlacesResult = Recorded<typeof PLACES>;

export const PEER = record(
  {
    name: member("peer", TEXT),
    address: member("address", TEXT_OR_NULL, { about: "Null if only a log of the peer was given." }),
    protocol: member("protocol", TEXT_OR_NULL, { about: "The protocol that the links recognised." }),
    verdict: member("kept", VERDICT),
    reasons: member("kept", REASON_LIST),
    ...PLACES_MEMBERS,
    exposure: member("kept", COUNT, { about: "The number of exposures." }),
    harm: member("kept", COUNT, { about: "The number of harmed invocations." }),
  },
  { id: "peer" },
);
/** The result of a function with one of its several peers. */
export type PeerResult = Recorded<typeof PEER>;

export const TAKEN_OVER = record(
  {
    total: member("kept", COUNT),
    inTurn: member("kept", COUNT, {
      about:
        "How many of these ends belong to a series in which two environments took the connection from each other three times or more.",
    }),
    delayed: member("kept", COUNT, {
      about: "Invocations that lost their connection in this way, waited for another one, and got it.",
    }),
    longestWaitMs: member("kept", z.number().nonnegative(), { about: "0 if no invocation waited." }),
    pairs: member(
      "kept",
      z.array(
        record({
          evicter: member("stream", TEXT, { about: "The environment that got the connection." }),
          victim: member("stream", TEXT, { about: "The environment that lost it." }),
          times: member("kept", COUNT),
        }),
      ),
    ),
  },
  {
    description:
      "Connections that the peer ended for another environment of the function. Absent in results of older versions.",
  },
);
/** Connections that one environment of a function took over from another one (docs/checks.md#takeover). */
export type TakenOverResult = Recorded<typeof TAKEN_OVER>;
