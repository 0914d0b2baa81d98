# shellcheck shell=bash
# Runs the steps of .ci/run. A step prints its name and its time, adds its result to $scratch/counts, and never ends the script.
started=$SECONDS
: >"$scratch/counts"
# scripts/mocha-reporter.ts writes each failed test into this file, and close_steps shows it again at the end.
export LONGRUN_FAILURES=$scratch/failures

# step NAME COMMAND…: runs the command and adds up its "N passed, N failed" lines. A command without such a line counts as one test.
step() {
  local name=$1 begun=$SECONDS code log
  shift
  log=$(mktemp "$scratch/step.XXXXXX")
  printf '\n=== %s (at %ss)\n' "$name" "$((SECONDS - started))"
  "$@" </dev/null 2>&1 | tee "$log"
  code=${PIPESTATUS[0]}
  awk -v code="$code" '
    /^[0-9]+ passed, [0-9]+ failed/ { passed += $1; failed += $3 }
    END {
      if (code != 0 && failed == 0) failed = 1
      if (code == 0 && passed + failed == 0) passed = 1
      print passed + 0, failed + 0
    }' "$log" >>"$scratch/counts"
  if [ "$code" != 0 ]; then
    printf '%s (exit %s)\n' "$name" "$code" >>"$scratch/failed"
    { printf '\n=== the last lines of the failed step %s\n' "$name"; tail -n 50 "$log"; } >>"$scratch/ends"
  fi
  printf '=== %s: exit %s, %ss\n' "$name" "$code" "$((SECONDS - begun))"
}

# Prints the last lines: how each failed step ended, what failed, and the sum. Fails if anything failed. CI often shows only the end of the
# output, so that without these lines a failure in the middle would be a name only.
close_steps() {
  local passed failed
  read -r passed failed < <(awk '{ passed += $1; failed += $2 } END { print passed + 0, failed + 0 }' "$scratch/counts")
  printf '\n=== done in %ss\n' "$((SECONDS - started))"
  [ ! -s "$scratch/ends" ] || cat "$scratch/ends"
  [ ! -s "$LONGRUN_FAILURES" ] || { echo "FAILED TESTS:"; sed 's/^/  /' "$LONGRUN_FAILURES"; }
  [ ! -s "$scratch/failed" ] || { echo "FAILED:"; sed 's/^/  /' "$scratch/failed"; }
  echo "$passed passed, $failed failed"
  [ "$failed" = 0 ] && [ ! -s "$scratch/failed" ]
}
