#!/usr/bin/env bash
# What the suite needs from the system: Chromium to drive the app, LibreOffice to recalculate workbooks,
# PostgreSQL for the store.
# Installs what is missing on Debian or Ubuntu as root; elsewhere names it and lets the rest run.
set -u
missing=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
command -v soffice >/dev/null || missing+=(libreoffice-calc)
command -v lowriter >/dev/null || missing+=(libreoffice-writer)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
# Debian keeps PostgreSQL's programs off the path.
command -v postgres >/dev/null || compgen -G "/usr/lib/postgresql/*/bin/postgres" >/dev/null || missing+=(postgresql)
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing ${missing[*]} ..."
  export DEBIAN_FRONTEND=noninteractive
  if apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" fonts-liberation >/tmp/prioritiser-apt.log 2>&1; then
    exit 0
  fi
  tail -20 /tmp/prioritiser-apt.log
fi
echo "Not on this machine: ${missing[*]}. The groups of tests that need them are listed at the end of the run."
[ -z "${CI:-}" ] || { echo "CI is set: a missing component is a failure."; exit 1; }
exit 0
