/**
 * A failure that the person at the terminal can act on: one clear sentence, printed without a stack trace.
 */
export class Sentence extends Error {
  name = 'Sentence'
}

/** The person asked to stop (Ctrl-C, SIGTERM) while something was still being prepared. */
export class Stopped extends Error {
  name = 'Stopped'
}

const FILE_TROUBLE = {
  ENOSPC: (path) => `The disk is full${at(path)}: free some space and run the command again.`,
  EDQUOT: (path) => `The disk quota is used up${at(path)}: free some space and run the command again.`,
  EACCES: (path) =>
    `No permission to use ${path}: change its owner or choose another folder with BRIGADE_DATA.`,
  EPERM: (path) =>
    `No permission to use ${path}: change its owner or choose another folder with BRIGADE_DATA.`,
  EROFS: (path) => `${path} is on a read-only disk: choose another folder with BRIGADE_DATA.`,
  ENOTDIR: (path) =>
    `A part of ${path} is a file where a folder is needed: choose another with BRIGADE_DATA.`,
}

function at(path) {
  return path ? ` (while writing ${path})` : ''
}

/**
 * Turns any error into the sentence that is printed: a Sentence as it is, known trouble with files in words,
 * everything else its message without the stack.
 * @param {unknown} error
 * @returns {string}
 */
export function explain(error) {
  if (error instanceof Sentence || error instanceof Stopped) return error.message
  const { code, path, message } = /** @type {NodeJS.ErrnoException} */ (error ?? {})
  const inWords = code ? FILE_TROUBLE[code] : undefined
  if (inWords && (path || code === 'ENOSPC' || code === 'EDQUOT')) return inWords(path)
  return `Unexpected trouble: ${message ?? String(error)} (BRIGADE_DEBUG=1 shows where).`
}

/**
 * Runs an entry point and sets the process's exit code: what `main` returns, 130 when stopped before it was done,
 * 1 after a failure, whose sentence goes to stderr. Never prints a stack trace unless BRIGADE_DEBUG is set.
 * @param {() => Promise<number | undefined>} main
 */
export async function runMain(main) {
  // Whoever read the output may be gone (`| head`, a closed terminal): what was begun still has to be tidied up.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    console.error(error instanceof Stopped ? error.message : `\n${explain(error)}`)
    if (process.env.BRIGADE_DEBUG) console.error(error)
    process.exitCode = error instanceof Stopped ? 130 : 1
  }
}
