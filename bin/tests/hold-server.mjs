// Holds the embedded server of a data folder open until its input ends.
import { openEmbedded } from '../lib/embedded.mjs'

const embedded = await openEmbedded({ dataDir: process.argv[2] ?? '' })
console.log(JSON.stringify(embedded))
process.stdin.resume().on('end', () => embedded.close())
