#!/bin/sh
# The programs that the tests drive for real: Chromium on the page, LibreOffice on the workbook and the brief, fonts for Chinese,
# PostgreSQL for the store (the tests start a server of their own).
# On Debian and Ubuntu they are installed here; elsewhere install them by hand (see README).
set -eu
packages="chromium libreoffice-calc libreoffice-writer fonts-noto-cjk poppler-utils postgresql"
missing=""
for package in $packages; do
    dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo"; fi
$as_root apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing
