import { describeProgress, type Progress } from '../../db/migrate/progress'
import type { progressDisplay } from '../lib/progress'

/** What happens once is a line; what goes on is a bar on a terminal, and a line now and then elsewhere. */
export function tell(display: ReturnType<typeof progressDisplay>, progress: Progress): void {
  if ('share' in progress) display.show(progress.share, describeProgress(progress).trim())
  else {
    display.clear()
    console.log(describeProgress(progress))
  }
}
