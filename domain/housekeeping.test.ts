import { expect, test } from 'vitest'
import { JOB_NAMES, JOB_SCHEDULES, judgeJob, pauseAfter } from './housekeeping'

test('a job that fails rests longer each time, an hour at most', () => {
  expect([0, 1, 2, 3, 6, 7, 60].map((failures) => pauseAfter(failures) / 60_000)).toEqual([
    0, 1, 2, 4, 32, 60, 60,
  ])
})

test('a failure is watched, the third in a row and any difference are to be acted on', () => {
  const standing = (failures: number) => ({ okAt: null, failures, failedAt: null })
  expect([0, 1, 2, 3].map((failures) => judgeJob(standing(failures), 'failed'))).toEqual([
    null,
    'amber',
    'amber',
    'red',
  ])
  expect(judgeJob(standing(0), 'differs')).toBe('red')
})

test('every job has a schedule, and days are closed before anything is purged', () => {
  expect(Object.keys(JOB_SCHEDULES)).toEqual([...JOB_NAMES])
  expect(JOB_NAMES.indexOf('close-days')).toBeLessThan(JOB_NAMES.indexOf('purge-orders'))
})
