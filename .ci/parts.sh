# Runs the parts of test.sh one by one: each timed, its output shown and kept, its processes ended with it.
results=artifacts/ci
begun=$SECONDS
part_pid=

# A part that has nothing to do yet calls this and leaves.
skip() {
  echo "SKIPPED: $*"
  echo "$*" >"$results/$part.skipped"
  exit 0
}

# A part adds what its test runs counted.
count() { # passed failed; nothing where a run ended before it counted, which is a failure
  echo "${1:-0} ${2:-1}" >>"$results/$part.counts"
}

stop_part() {
  local each
  for each in $part_pid; do kill -- "-$each" 2>/dev/null; done
  part_pid=
}

# What a part came to, for the summary: a line of its own file, so that lanes can tell it too.
record() { # part, exit code, seconds
  local part=$1 code=$2 passed=0 failed=0 verdict=ok
  if [ -f "$results/$part.counts" ]; then
    read -r passed failed < <(awk '{p += $1; f += $2} END {print p, f}' "$results/$part.counts")
  fi
  # A part that fails without a count of its own is one failure.
  if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
  [ -f "$results/$part.skipped" ] && verdict="skipped: $(cat "$results/$part.skipped")"
  [ "$failed" -gt 0 ] && verdict=FAILED
  printf '%-10s %4d s  %5d passed %4d failed  %s\n' "$part" "$3" "$passed" "$failed" "$verdict" >"$results/$part.told"
}

# Sets is_over when later parts make no sense. Never called behind || or in a condition: bash would then ignore every -e below it, and a part would pass whose
# first command failed.
is_over=
run_part() { # name
  part=$1
  local start=$SECONDS code
  printf '\n== %s\n' "$part"
  # A process group of its own, so that nothing it started outlives it.
  set -m
  ( set -e; "check_$part" ) > >(tee "$results/$part.log") 2>&1 &
  part_pid=$!
  set +m
  wait "$part_pid"
  code=$?
  stop_part
  record "$part" $code $((SECONDS - start))
  case $part in tools | restore | build) [ $code -eq 0 ] || is_over=1 ;; esac
}

# Two lanes of parts side by side: what leaves one processor idle beside what uses it. The second gives way to the first (nice). What a part says is shown whole
# when it is over.
run_lanes() { # "part part" "part part"
  local lanes=("$1" "$2") pids=() i
  for i in 0 1; do
    set -m
    (
      [ $i -eq 0 ] || renice -n 10 $BASHPID >/dev/null
      for part in ${lanes[$i]}; do
        start=$SECONDS
        # Not in a condition, for the same reason.
        ( set -e; "check_$part" ) >"$results/$part.log" 2>&1 &
        wait $!
        record "$part" $? $((SECONDS - start))
        flock "$results" sh -c 'printf "\n== %s\n" "$1"; cat "$2"' - "$part" "$results/$part.log"
      done
    ) &
    pids+=($!)
    set +m
  done
  part_pid="${pids[*]}"
  wait "${pids[@]}"
  stop_part
}

# What failed, told once more at the end: where a run is long, its end is what is kept and read. By the words of dotnet test, of TAP, of Python's unittest, of the
# compilers and of our own scripts; where none of them is found, by the part's last lines.
tell_failures() { # part
  printf '\n== what failed in %s\n' "$1"
  grep -E -A14 '^ *(failed|Failed|FAILED|not ok|FAIL:|ERROR:|fails:)[ :]|\[FAIL\]$|: error |(does not|DOES NOT) (hold|HOLD)' "$results/$1.log" | cut -c1-400 | head -150 >"$results/failures"
  [ -s "$results/failures" ] || tail -30 "$results/$1.log" | cut -c1-400 >"$results/failures"
  cat "$results/failures"
}

tell_and_leave() {
  local part passed failed
  for part in "${parts[@]}"; do
    if grep -qs 'FAILED$' "$results/$part.told"; then tell_failures "$part"; fi
  done
  printf '\n== summary, %d s\n' $((SECONDS - begun))
  for part in "${parts[@]}"; do cat "$results/$part.told" 2>/dev/null; done
  read -r passed failed < <(cat "$results"/*.told | awk '{p += $4; f += $6} END {print p + 0, f + 0}')
  printf '\n%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ]
  exit
}
