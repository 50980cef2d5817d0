import { Bar } from '@/app/_ui/bar'
import { Figure, FigureRow } from '@/app/_ui/figure'
import { StatusMark } from '@/app/_ui/status-mark'
import type { NumberRoom } from '@/db/queries/health/number-room'
import { Advice } from './advice'
import { judgeAge, judgeRoom } from './judge'
import { inPercent } from './numbers'

/** Numbers that only go up, beside where they end. */
export function NumberRoomSection({ room, locale }: { room: NumberRoom; locale: string }) {
  const { transactionAge, serverTransactionAge, groupAge, freezeAt, oldestTable, sequences } = room
  const millions = (age: number) => (age / 1e6).toLocaleString(locale, { maximumFractionDigits: 1 })
  const age = (label: string, value: number, usual: string) => {
    const tone = judgeAge(value, freezeAt)
    return (
      <Figure
        label={label}
        value={millions(value)}
        unit="million"
        compare={tone ? <StatusMark tone={tone}>not frozen in time</StatusMark> : usual}
      />
    )
  }
  const usual = `under ${millions(freezeAt * 1.2)} is usual`
  return (
    <>
      <FigureRow>
        {age('Age of transactions', transactionAge, usual)}
        {age('On the whole server', serverTransactionAge, usual)}
        {age('Age of row groups', groupAge, usual)}
      </FigureRow>
      <ul className="grid gap-x-8 gap-y-2 md:grid-cols-2">
        {sequences.map(({ name, column, last, most, share }) => {
          const tone = judgeRoom(share)
          return (
            <li key={name} className="grid gap-1">
              <div className="flex flex-wrap items-baseline gap-x-3">
                <span className="grow wrap-anywhere">{column ?? name}</span>
                <span className="text-muted tabular-nums">
                  {last.toLocaleString(locale)} of {most.toLocaleString(locale)}
                </span>
                {tone ? (
                  <StatusMark tone={tone}>{inPercent(share)}</StatusMark>
                ) : (
                  <span>{inPercent(share)}</span>
                )}
              </div>
              <Bar value={share} max={1} tone={tone ?? 'accent'} />
            </li>
          )
        })}
      </ul>
      <Advice>
        The server stops writing at about 2,100 million. Autovacuum freezes old rows from {millions(freezeAt)}{' '}
        million on; where an age goes far beyond, look for a transaction, a replication slot or a prepared
        transaction that was left behind, and run VACUUM FREEZE on {oldestTable ?? 'the oldest table'}. A key
        that is past half of its room wants to become a bigint in the next release.
      </Advice>
    </>
  )
}
