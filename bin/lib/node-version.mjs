// Imported first by every entry point. What these import must be there under its name in Node 16 too: Node links all
// imports before it runs the first of them, and would end in a stack trace instead of the sentence.
const NEEDED = [20, 19]

/**
 * What is wrong with a Node version, in one sentence, or undefined when it is new enough.
 * @param {string} version as `process.versions.node`
 * @returns {string | undefined}
 */
export function nodeProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const enough = major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])
  if (enough) return undefined
  return `Brigade needs Node ${NEEDED.join('.')} or newer and this is ${version}: install a newer one from https://nodejs.org.`
}

const problem = nodeProblem(process.versions.node)
if (problem) {
  console.error(problem)
  process.exit(1)
}
