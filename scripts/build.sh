# Building Rialto when it is stale: one build at a time per checkout, quiet, into artifacts/.
. "$root/scripts/say.sh"
. "$root/scripts/tools.sh"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDTERMINALLOGGER=off

# One build at a time. File descriptor 9 is the lock; children are started with it closed, or compile servers would keep it.
lock() {
  mkdir -p "$root/artifacts/log"
  exec 9>"$root/artifacts/.lock"
  if command -v flock >/dev/null 2>&1; then
    flock -n 9 || {
      [ ! -t 2 ] || say 'Waiting for another build of this checkout…'
      flock 9
    }
  else
    until mkdir "$root/artifacts/.lock.d" 2>/dev/null; do sleep 0.2; done
    trap 'rmdir "$root/artifacts/.lock.d" 2>/dev/null' EXIT
  fi
}

unlock() {
  if ! command -v flock >/dev/null 2>&1; then
    rmdir "$root/artifacts/.lock.d" 2>/dev/null || :
    trap - EXIT
  fi
  exec 9>&-
}

runtime_identifier() {
  local system machine
  system=$(uname -s) machine=$(uname -m)
  case $machine in x86_64 | amd64) machine=x64 ;; aarch64 | arm64) machine=arm64 ;; esac
  case $system in
    Darwin) echo "osx-$machine" ;;
    *) if ls /lib/ld-musl-* >/dev/null 2>&1; then echo "linux-musl-$machine"; else echo "linux-$machine"; fi ;;
  esac
}

build_cli() {
  lock
  # Somebody else may have built while we waited.
  if is_fresh; then
    unlock
    return
  fi
  need git 'git'
  need dotnet 'The .NET 10 SDK'
  install_workshop
  publish_cli
  unlock
}

install_workshop() { install_npm workshop 'no highlighting, mathematics, cards or picture formats'; }

install_postgres() {
  lock
  install_npm postgres 'no PostgreSQL, unless the machine has one'
  unlock
}

# install_npm FOLDER LOSS: brings the packages that the folder's lock file names, when they are not there or the lock is newer.
install_npm() {
  local folder=$root/$1 stamp=$root/artifacts/${1//\//-}.stamp
  [ -e "$folder/package-lock.json" ] || return 0
  if [ "$stamp" -nt "$folder/package-lock.json" ]; then
    if [ -d "$folder/node_modules" ] || ! command -v npm >/dev/null; then return 0; fi
  fi
  : >"$stamp.began"
  if want node 'Node.js 20 or newer, with npm' "$2"; then
    with_progress "Installing the packages of $1" "$root/artifacts/log/${1//\//-}.log" npm --prefix "$folder" ci --ignore-scripts --no-audit --no-fund --loglevel=error || {
      say "rialto: going on without the packages of $1 and trying again next time; ./rialto doctor says what that costs."
      return 0
    }
  fi
  mv "$stamp.began" "$stamp"
}

# Publishes beside the current build and then switches, so that a program that is running keeps the files it started with.
publish_cli() {
  local base=$root/artifacts/cli name fresh old
  mkdir -p "$base"
  name=build-$(date +%Y%m%d%H%M%S)-$$ fresh=$base/$name
  : >"$base/began"
  with_progress 'Building Rialto' "$root/artifacts/log/build.log" \
    dotnet publish "$root/src/Cli" -c Release "-p:ReadyToRunFor=$(runtime_identifier)" \
    --artifacts-path "$root/artifacts/build" -o "$fresh" -v quiet --nologo || exit 1
  dotnet_root >"$fresh/dotnet-root"
  mv "$base/began" "$fresh/stamp"
  old=$(readlink "$base/current" 2>/dev/null || :)
  ln -sfn "$name" "$base/current.new"
  mv -T "$base/current.new" "$base/current" 2>/dev/null || { rm -f "$base/current" && mv "$base/current.new" "$base/current"; }
  for fresh in "$base"/build-*; do
    case ${fresh##*/} in "$name" | "$old") ;; *) rm -rf "$fresh" ;; esac
  done
}

# Where the runtime lies that belongs to the dotnet on PATH.
dotnet_root() {
  local program
  program=$(command -v dotnet)
  while [ -L "$program" ]; do
    case $(readlink "$program") in
      /*) program=$(readlink "$program") ;;
      *) program=${program%/*}/$(readlink "$program") ;;
    esac
  done
  echo "${program%/*}"
}
