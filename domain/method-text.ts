/** "2.", "3)", "Step 4:", "–" and "•" before the words of a step. */
const MARK = /^\s*(?:(?:step\s+)?\d{1,3}\s*[.):]|[-–—•*])\s+/i

/**
 * The steps that a text is, such as a numbered list from another recipe, without their marks. A line without a mark
 * belongs to the step above it. A text in which fewer than two lines are marked is one step, as it is.
 */
export function stepsOf(text: string): string[] {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '')
  if (lines.filter((line) => MARK.test(line)).length < 2) return text.trim() === '' ? [] : [text]
  const steps: string[] = []
  for (const line of lines) {
    const words = line.replace(MARK, '').trim()
    if (MARK.test(line) || steps.length === 0) steps.push(words)
    else steps.push(`${steps.pop()} ${words}`.trim())
  }
  return steps.filter((step) => step !== '')
}
