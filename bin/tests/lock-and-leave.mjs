// Takes a lock, hands it to a child that runs until it is killed, says both numbers and waits.
import { withLock } from '../lib/lock.mjs'
import { run } from '../lib/run.mjs'

await withLock(process.argv[2] ?? '', (handTo) =>
  run('sleep', ['1000'], {
    handTo: (pid) => {
      handTo(pid)
      console.log(pid)
    },
  }),
)
