import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { commandFile, listCommands } from '../lib/commands.mjs'
import { root } from '../lib/paths.mjs'

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

it.each(listCommands())('$name has an npm script of its name and says what it does', ({ name, what }) => {
  expect(scripts[name]).toBe(`node bin/brigade.mjs ${name}`)
  expect(commandFile(name)).toBeDefined()
  expect(what).toMatch(/^[A-Z].{20,}\.$/)
})

it('finds no command outside of its folder', () => {
  expect(commandFile('../lib/connection')).toBeUndefined()
  expect(commandFile('')).toBeUndefined()
})
