// Turns the compiled stylesheet into the vendored file: a header, plain ASCII,
// and a record of its checksum. build.sh runs it as the last step.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [compiled, folder] = process.argv.slice(2)
const name = 'govuk-frontend'
const { version, license } = JSON.parse(
  readFileSync(`node_modules/${name}/package.json`, 'utf8')
)
const file = `${name}-${version}.css`
const changes =
  'Compiled from the package\'s Sass with a system font stack, our own colours ' +
  'and only the components the catalogue uses; no web font, emblem, image or script.'
const header = `/*!
 * ${name} ${version}, ${license} licence: see LICENSE-${name}.txt
 * Changes: ${changes}
 * Do not edit. Sources and build: tools/vendor_css/
 */
`

// Escapes keep the file readable whatever character set it is served with.
const css = readFileSync(compiled, 'utf8').replace(
  /[^\x00-\x7f]/gu,
  (character) => `\\${character.codePointAt(0).toString(16)} `
)
const text = header + css.trimEnd() + '\n'

mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, file), text)
const record = {
  file,
  package: name,
  version,
  licence: license,
  source: 'npm',
  sha256: createHash('sha256').update(text).digest('hex'),
  changes
}

const list = join(folder, 'vendored.json')
const others = existsSync(list)
  ? JSON.parse(readFileSync(list, 'utf8')).filter((entry) => entry.package !== name)
  : []
writeFileSync(list, JSON.stringify([...others, record], null, 2) + '\n')
console.log(`${record.sha256}  ${file}`)
