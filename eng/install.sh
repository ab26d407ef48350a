# shellcheck shell=bash
# Sourced: installs a command that is missing, where the system's package manager can be used.

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo -n "$@"; else return 1; fi; }

install() { # command package [package of dnf, apk and brew]
  command -v "$1" >/dev/null && return 0
  echo "${0##*/}: installing $2"
  if command -v apt-get >/dev/null; then
    as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null
  elif command -v dnf >/dev/null; then
    as_root dnf install -y -q "${3:-$2}"
  elif command -v apk >/dev/null; then
    as_root apk add -q "${3:-$2}"
  elif command -v brew >/dev/null; then
    brew install "${3:-$2}"
  else
    false
  fi >&2 || echo "${0##*/}: could not install $2; what needs it will fail. Install it by hand, for example: apt-get install $2" >&2
}
