# Runs the parts of test.sh one by one: each timed, its output shown and kept, its processes ended with it.
results=artifacts/ci
begun=$SECONDS
passed=0
failed=0
part_pid=
timings=()

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
  [ -n "$part_pid" ] && kill -- "-$part_pid" 2>/dev/null
  part_pid=
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
  local part_passed=0 part_failed=0
  if [ -f "$results/$part.counts" ]; then
    read -r part_passed part_failed < <(awk '{p += $1; f += $2} END {print p, f}' "$results/$part.counts")
  fi
  # A part that fails without a count of its own is one failure.
  if [ $code -ne 0 ] && [ "$part_failed" -eq 0 ]; then part_failed=1; fi
  passed=$((passed + part_passed))
  failed=$((failed + part_failed))
  local verdict=ok
  [ -f "$results/$part.skipped" ] && verdict="skipped: $(cat "$results/$part.skipped")"
  [ "$part_failed" -gt 0 ] && verdict=FAILED
  timings+=("$(printf '%-10s %4d s  %5d passed %4d failed  %s' "$part" $((SECONDS - start)) "$part_passed" "$part_failed" "$verdict")")
  case $part in tools | restore | build) [ $code -eq 0 ] || is_over=1 ;; esac
}

tell_and_leave() {
  printf '\n== summary, %d s\n' $((SECONDS - begun))
  printf '%s\n' "${timings[@]}"
  printf '\n%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ]
  exit
}
