import type { Finding } from './finding'
import type { Comment } from './syntax'

/** Why a rule does not hold for a file. */
export type Excuse = { file: string; line: number; rule: string; reason: string }
export type Excused = { finding: Finding; reason: string }

const EXCUSE = /^excuse +([a-z-]+) *: *(.*)$/

/** The excuses that a file's comments make: `-- excuse <rule>: <reason>`. */
export function readExcuses(file: string, comments: readonly Comment[]): Excuse[] {
  return comments.flatMap(({ line, text }) => {
    const [, rule, reason] = EXCUSE.exec(text) ?? []
    return rule && reason ? [{ file, line, rule, reason }] : []
  })
}

/** Parts what is excused from what is not; an excuse that nothing needs is a finding itself. */
export function applyExcuses(
  findings: readonly Finding[],
  excuses: readonly Excuse[],
): { findings: Finding[]; excused: Excused[] } {
  const used = new Set<Excuse>()
  const open: Finding[] = []
  const excused: Excused[] = []
  for (const finding of findings) {
    const excuse = excuses.find(({ file, rule }) => file === finding.file && rule === finding.rule)
    if (excuse) {
      used.add(excuse)
      excused.push({ finding, reason: excuse.reason })
    } else open.push(finding)
  }
  const idle = excuses.filter((excuse) => !used.has(excuse)).map(needless)
  return { findings: [...open, ...idle], excused }
}

function needless({ file, line, rule }: Excuse): Finding {
  return {
    file,
    line,
    rule: 'needless-excuse',
    problem: `It excuses ${rule}, which finds nothing here.`,
    locks: 'Nothing now; but the excuse would hide what a later reader thinks is checked.',
    safe: 'Take the excuse away.',
  }
}
