#!/bin/sh
# Rebuilds the vendored GOV.UK Frontend files. Needs Node 20 and npm; see README.md in this folder.
set -eu
cd "$(dirname "$0")"
target=../static/onroll
source=node_modules/govuk-frontend/dist/govuk
mkdir -p "$target"

npm ci --ignore-scripts --no-audit --no-fund
npx sass --no-source-map --style=compressed --quiet-deps govuk.scss "$target/govuk-frontend.min.css"
sed 's|//# sourceMappingURL=.*$||' "$source/govuk-frontend.min.js" > "$target/govuk-frontend.min.js"
cp LICENCE-govuk-frontend.txt "$target/"

if grep -qiE 'GDS Transport|crest|crown|url\(|sourceMappingURL' "$target/govuk-frontend.min.css" "$target/govuk-frontend.min.js"; then
  echo "What was built still holds GOV.UK branding or an outside file: look at govuk.scss." >&2
  exit 1
fi

version() { node -p "require('./node_modules/$1/package.json').version"; }
said="govuk-frontend $(version govuk-frontend) (MIT), compiled by sass $(version sass) without GOV.UK branding"
cd "$target"
{
  echo "$said"
  sha256sum govuk-frontend.min.css govuk-frontend.min.js
} > VERSIONS.txt
cat VERSIONS.txt
