# Speaking to the person at the terminal. Everything goes to standard error: standard output belongs to the command.

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "rialto: $*"
  exit 2
}

# with_progress WORDS LOG COMMAND…: runs the command with its output in LOG; a line that counts seconds on a terminal, silence elsewhere.
# When it fails, the errors in the log are shown, with where the whole log is.
with_progress() {
  local words=$1 log=$2 code=0 started=$SECONDS
  shift 2
  if [ -t 2 ] && [ -z "${CI-}" ] && [ "${TERM-dumb}" != dumb ]; then
    "$@" >"$log" 2>&1 9>&- </dev/null &
    local child=$!
    trap 'kill "$child" 2>/dev/null; printf "\r\033[2K" >&2; exit 130' INT TERM
    while kill -0 "$child" 2>/dev/null; do
      printf '\r\033[2K\033[2m%s… %ss\033[0m' "$words" "$((SECONDS - started))" >&2
      sleep 0.2
    done
    wait "$child" || code=$?
    trap - INT TERM
    printf '\r\033[2K' >&2
  else
    "$@" >"$log" 2>&1 9>&- </dev/null || code=$?
  fi
  [ "$code" -eq 0 ] && return 0
  say "rialto: $words failed."
  if grep -qE '(error|ERR!)' "$log"; then grep -E '(error|ERR!)' "$log" | sort -u | head -n 40 >&2; else tail -n 40 "$log" >&2; fi
  say "The whole log: $log"
  return 1
}
