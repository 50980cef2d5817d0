/** Sends bad requests to the API of a demo chain and looks at each answer: [COUNT, 100000 unless told] [SEED]. */
import { fuzz } from '../../bench/fuzz'

const count = Number(process.argv[2] ?? 100_000)
const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 1_000_000_000))
const databaseUrl = process.env.DATABASE_URL
if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed)) {
  console.error('Usage: npm run fuzz -- [COUNT] [SEED]')
  process.exitCode = 1
} else if (!databaseUrl) {
  console.error('DATABASE_URL is not set: run `npm run fuzz`.')
  process.exitCode = 1
} else process.exitCode = (await fuzz(databaseUrl, { count, seed })) ? 0 : 1
