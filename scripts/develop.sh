# Working on Rialto itself: test, tidy, bench. These build the whole solution where a developer's editor does, in bin/ and obj/.
. "$root/scripts/build.sh"

# Whether a built thing ($1 is its stamp) is older than any source it could depend on.
is_stale() {
  [ -e "$1" ] || return 0
  local newer
  newer=$(find "$root/src" "$root/tests" "$root/bench" "$root/Directory.Build.props" "$root/Directory.Packages.props" "$root/global.json" "$root/Rialto.slnx" \
    -type d \( -name bin -o -name obj -o -name node_modules \) -prune -o -newer "$1" -print -quit 2>/dev/null)
  [ -n "$newer" ]
}

build_solution() {
  local stamp=$root/artifacts/solution.stamp
  lock
  need git 'git'
  need dotnet 'The .NET 10 SDK'
  install_workshop
  if [ -n "${CI-}" ] || is_stale "$stamp"; then
    : >"$stamp.began"
    with_progress 'Building the solution' "$root/artifacts/log/solution.log" \
      dotnet build "$root/Rialto.slnx" -c Debug -v quiet --nologo || exit 1
    mv "$stamp.began" "$stamp"
  fi
  unlock
}

# test [NAME…] [--all]
develop_test() {
  local argument all=
  for argument in "$@"; do [ "$argument" != --all ] || all=1; done
  build_solution
  # The command line's own tests drive the program that people run.
  is_fresh || build_cli
  # Tests of what stores data use a real PostgreSQL, started by themselves.
  install_npm postgres 'tests of the database fail'
  [ -z "$all" ] || install_test_tools
  export RIALTO_HOME=$root
  exec "$root/tests/Runner/bin/Debug/net10.0/Rialto.Runner" "$@"
}

has_chromium() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }
has_ffmpeg() { command -v ffmpeg >/dev/null 2>&1; }
has_espeak-ng() { command -v espeak-ng >/dev/null 2>&1; }
has_fonts() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=ar family 2>/dev/null)" ] && [ -n "$(fc-list :lang=zh family 2>/dev/null)" ]; }

# What the browser and media tests drive. Where it cannot be had, those tests skip themselves and say why.
install_test_tools() {
  want chromium 'Chromium' 'browser tests are skipped' || :
  want ffmpeg 'FFmpeg' 'video tests are skipped' || :
  want espeak-ng 'eSpeak NG' 'speech tests are skipped' || :
  install_npm tests/Journeys/judges 'Lighthouse and the HTML validator are not asked'
  want fonts 'Fonts for Arabic and Chinese' 'some pictures lack letters' || :
}

# tidy [--write]: the rules of the source alone; --write brings what is generated (docs/modules.md) up to date first.
develop_tidy() {
  build_solution
  case ${1-} in
    --write) RIALTO_TIDY_WRITE=1 "$root/tests/Tidy/bin/Debug/net10.0/Rialto.Tidy" -noLogo -noColor >/dev/null || : ;;
    '') ;;
    *) fail "usage: ./rialto tidy [--write]" ;;
  esac
  exec "$root/tests/Runner/bin/Debug/net10.0/Rialto.Runner" Tidy
}

# bench NAME [--quick]
develop_bench() {
  lock
  need dotnet 'The .NET 10 SDK'
  unlock
  is_fresh || build_cli
  lock
  if is_stale "$root/artifacts/bench.stamp"; then
    : >"$root/artifacts/bench.began"
    with_progress 'Building the benchmarks' "$root/artifacts/log/bench.log" \
      dotnet publish "$root/bench" -c Release --artifacts-path "$root/artifacts/build" -o "$root/artifacts/bench-program" -v quiet --nologo || exit 1
    mv "$root/artifacts/bench.began" "$root/artifacts/bench.stamp"
  fi
  unlock
  export RIALTO_HOME=$root
  exec "$root/artifacts/bench-program/Rialto.Bench" "$@"
}
