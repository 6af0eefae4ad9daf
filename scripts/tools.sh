# The programs Rialto stands on: found, or installed through the system's package manager where that is allowed.

# Which package manager there is, if any.
package_manager() {
  local candidate
  for candidate in apt-get dnf apk pacman brew; do
    if command -v "$candidate" >/dev/null 2>&1; then
      echo "$candidate"
      return
    fi
  done
}

# package_for MANAGER TOOL: the packages that bring a tool.
package_for() {
  case $1:$2 in
    *:git) echo git ;;
    apt-get:dotnet | dnf:dotnet) echo dotnet-sdk-10.0 ;;
    apk:dotnet) echo dotnet10-sdk ;;
    pacman:dotnet) echo dotnet-sdk aspnet-runtime ;;
    brew:dotnet) echo dotnet ;;
    brew:node) echo node ;;
    *:node) echo nodejs npm ;;
    brew:chromium) echo --cask chromium ;;
    *:chromium) echo chromium ;;
    *:ffmpeg) echo ffmpeg ;;
    *:espeak-ng) echo espeak-ng ;;
    apt-get:fonts) echo fonts-noto-core fonts-noto-cjk ;;
    dnf:fonts) echo google-noto-sans-fonts google-noto-sans-cjk-fonts ;;
    apk:fonts) echo font-noto font-noto-cjk ;;
    pacman:fonts) echo noto-fonts noto-fonts-cjk ;;
  esac
}

# install_command MANAGER PACKAGES: the line a person would type.
install_command() {
  case $1 in
    apt-get) echo "apt-get install -y --no-install-recommends $2" ;;
    dnf) echo "dnf install -y $2" ;;
    apk) echo "apk add $2" ;;
    pacman) echo "pacman -S --noconfirm --needed $2" ;;
    brew) echo "brew install $2" ;;
  esac
}

# Whether packages may be installed without asking anybody: as root, through sudo without a password, or with brew. RIALTO_INSTALL=never forbids it.
may_install() {
  [ "${RIALTO_INSTALL-}" != never ] || return 1
  [ "$1" = brew ] || [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# try_install TOOL: 0 when the package manager brought it.
try_install() {
  local manager packages command
  manager=$(package_manager)
  packages=$(package_for "$manager" "$1")
  [ -n "$packages" ] && may_install "$manager" || return 1
  command=$(install_command "$manager" "$packages")
  say "Installing $1: $command"
  mkdir -p "$root/artifacts/log"
  local log=$root/artifacts/log/install-$1.log
  # shellcheck disable=SC2086 # the command is a list of plain words made above
  case $manager in
    brew) $command >"$log" 2>&1 </dev/null 9>&- ;;
    apt-get) { DEBIAN_FRONTEND=noninteractive as_root $command || { as_root apt-get update && DEBIAN_FRONTEND=noninteractive as_root $command; }; } >"$log" 2>&1 </dev/null 9>&- ;;
    *) as_root $command >"$log" 2>&1 </dev/null 9>&- ;;
  esac
}

# how_to_get TOOL: the one command that brings it here.
how_to_get() {
  local manager packages command
  manager=$(package_manager)
  packages=$(package_for "$manager" "$1")
  if [ "$1" = dotnet ] && [ "${2-}" = refused ]; then
    echo 'curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0'
  elif [ -n "$packages" ]; then
    command=$(install_command "$manager" "$packages")
    if [ "$(id -u)" = 0 ] || [ "$manager" = brew ]; then echo "$command"; else echo "sudo $command"; fi
  else
    case $1 in
      dotnet) echo 'curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0' ;;
      node) echo 'see https://nodejs.org/en/download' ;;
      git) echo 'see https://git-scm.com/downloads' ;;
      *) echo "install $1" ;;
    esac
  fi
}

has_git() { command -v git >/dev/null 2>&1; }

has_dotnet() {
  if ! command -v dotnet >/dev/null 2>&1 && [ -x "${HOME-}/.dotnet/dotnet" ]; then PATH=$HOME/.dotnet:$PATH; fi
  command -v dotnet >/dev/null 2>&1 && dotnet --list-sdks 2>/dev/null | grep -q '^10\.'
}

has_node() {
  local version
  command -v npm >/dev/null 2>&1 && version=$(node --version 2>/dev/null) || return 1
  version=${version#v}
  [ "${version%%.*}" -ge 20 ]
}

# need TOOL WORDS: the tool is here afterwards, or the run ends with the one command that brings it.
need() {
  "has_$1" && return
  local outcome=
  if try_install "$1"; then hash -r; else outcome=refused; fi
  "has_$1" || fail "$2 is missing. This installs it:
  $(how_to_get "$1" $outcome)"
}

# want TOOL WORDS LOSS: like need, but the run goes on without it.
want() {
  "has_$1" && return
  if try_install "$1"; then hash -r; fi
  "has_$1" && return
  say "rialto: $2 is missing: $3. This installs it: $(how_to_get "$1")"
  return 1
}
