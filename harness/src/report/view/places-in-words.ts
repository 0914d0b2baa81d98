/** A peer with one place needs sentences only if several invocations may run at one time, or if the number of places is wrong. */
import type { FunctionResult } from "../../result/function-result.ts";
import { count } from "../wording/fixed-words.ts";

export function placesInWords({
  places,
  reservedConcurrency,
}: Pick<FunctionResult, "places" | "reservedConcurrency">): readonly string[] {
  if (places === undefined) return [];
  const { capacity, peakPlaces } = places;
  const sentences: string[] = [];
  const running = reservedConcurrency ?? 1;
  const refuted = capacity !== null && peakPlaces !== null && peakPlaces > capacity;
  if (!refuted && (capacity !== 1 || running > 1))
    sentences.push(`${placesOf(capacity)}${peakOf(peakPlaces)}.`);
  if (capacity !== null && capacity < running)
    sentences.push(
      `Up to ${running} invocations run at one time, so the peer must run out of places: this is no fault of the function.`,
    );
  if (refuted)
    sentences.push(
      `${peakPlaces} connections were open at one time, so the peer has more than ${count(capacity, "place")} (--capacity).`,
    );
  return sentences;
}

function placesOf(capacity: number | null): string {
  return capacity === null
    ? "It is not known how many connections the peer serves at one time (--capacity)"
    : `The peer has ${count(capacity, "place")}`;
}

function peakOf(peak: number | null): string {
  return peak === null
    ? ""
    : `; at most ${count(peak, "connection was", "connections were")} open at one time`;
}
