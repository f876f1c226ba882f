#!/bin/sh
# Rebuilds static/vendor/govuk-frontend-VERSION.css and its entry in
# static/vendor/vendored.json. Needs Node.js; the site itself does not. After a
# change of version, remove the old stylesheet and update the templates.
set -eu
cd "$(dirname "$0")"
npm ci --omit=optional --ignore-scripts --no-audit --no-fund
compiled=$(mktemp)
trap 'rm -f "$compiled"' EXIT
./node_modules/.bin/sass --style=compressed --no-source-map --no-charset \
  --load-path=node_modules govuk.scss "$compiled"
node finish.mjs "$compiled" ../../static/vendor
