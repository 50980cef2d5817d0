// `node bin/brigade.mjs <command> [arguments]`: runs a command of bin/commands with a database beside it.
import './lib/node-version.mjs'
import { commandFile, listCommands, runCommand } from './lib/commands.mjs'
import { openDatabase } from './lib/database.mjs'
import { installDependencies } from './lib/dependencies.mjs'
import { refuseWhenStopped, stopSignal } from './lib/run.mjs'
import { runMain } from './lib/sentence.mjs'

await runMain(async () => {
  const [name, ...args] = process.argv.slice(2)
  if (!name || !commandFile(name)) return showCommands(name)
  const stop = stopSignal()
  // Stdout is the command's own, so that it can be piped.
  const say = (text) => console.error(text)
  await installDependencies({ stop, say })
  const database = await openDatabase({ say })
  try {
    refuseWhenStopped(stop)
    return await runCommand(name, args, { env: database.env, stop })
  } finally {
    await database.close()
  }
})

function showCommands(name) {
  if (name && name !== 'help' && name !== '--help') console.error(`There is no command "${name}".`)
  const commands = listCommands()
  const width = Math.max(...commands.map((command) => command.name.length), 0)
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.what}`)
  console.error(`Usage: npm run <command> -- [arguments]\n\n${lines.join('\n')}`)
  return name === 'help' || name === '--help' ? 0 : 1
}
