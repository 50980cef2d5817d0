'use client'

import Link from 'next/link'
import { memo } from 'react'
import { Bar } from '@/app/_ui/bar'
import { Difference } from '@/app/_ui/difference'
import { Flash } from '@/app/_ui/flash'
import { StatusMark } from '@/app/_ui/status-mark'
import type { OverviewLine } from './lines'

type Props = {
  lines: OverviewLine[]
  /** The slugs of those that are shown; the others stay, hidden, so that coming back they don't look changed. */
  shown: ReadonlySet<string>
  isLive: boolean
} & OverviewLinks

/** What the reader may open. */
export type OverviewLinks = { stockLinks: boolean; screenLinks: boolean; reportLinks: boolean }

/** One row a restaurant. Plain rows and few elements each: a chain has hundreds. */
export const OverviewRows = ({ lines, shown, ...rest }: Props) => (
  <table className="data-table">
    <caption className="sr-only">Restaurants, what needs attention first</caption>
    <thead>
      <tr>
        <th scope="col">Restaurant</th>
        <th scope="col" className="end">
          Open
        </th>
        <th scope="col" className="end">
          Oldest
        </th>
        <th scope="col" className="end wide">
          Late today
        </th>
        <th scope="col" className="end wide">
          Orders
        </th>
        <th scope="col" className="end wide">
          Revenue
        </th>
        <th scope="col" className="wide">
          Against usual
        </th>
        <th scope="col" className="end">
          Alerts
        </th>
        <th scope="col" className="wide">
          Screens
        </th>
      </tr>
    </thead>
    <tbody>
      {lines.map((line) => (
        <Row key={line.slug} line={line} isHidden={!shown.has(line.slug)} {...rest} />
      ))}
    </tbody>
  </table>
)

type RowProps = Omit<Props, 'lines' | 'shown'> & { line: OverviewLine; isHidden: boolean }

const Row = memo(function Row({ line, isHidden, isLive, stockLinks, screenLinks, reportLinks }: RowProps) {
  const { slug, open, openLate, openDue, alerts, out, silent, silentFor } = line
  return (
    <tr hidden={isHidden}>
      <th scope="row">
        <Link href={`/kitchen/${slug}`} prefetch={false}>
          {line.name}
        </Link>{' '}
        <span className="text-muted">
          {line.time}
          {line.isClosed ? ', closed' : ''}
        </span>
        {/* On a phone there are no columns for these. */}
        <span className="block pb-1 text-sm text-muted md:hidden">
          {line.revenue}
          {line.difference === null ? null : (
            <>
              {', '}
              <span className="whitespace-nowrap">
                <Difference percent={line.difference} />
              </span>
            </>
          )}
        </span>
        {silent > 0 ? (
          <span className="block pb-1 text-sm md:hidden">
            <Silent silent={silent} silentFor={silentFor} />
          </span>
        ) : null}
      </th>
      <td className="end">
        <span className="inline-flex flex-wrap items-center justify-end gap-x-2">
          {openLate > 0 ? (
            <StatusMark tone="red">{openLate} late</StatusMark>
          ) : openDue > 0 ? (
            <StatusMark tone="amber">{openDue} due</StatusMark>
          ) : null}
          <Flash of={String(open)} isLive={isLive}>
            {open}
          </Flash>
        </span>
      </td>
      <td className="end">{line.oldest || NOTHING}</td>
      <td className="end wide">
        {line.lateShare ? (
          <Flash of={line.lateOf} isLive={isLive}>
            <span className="text-muted">{line.lateOf},</span> {line.lateShare}
          </Flash>
        ) : (
          NOTHING
        )}
      </td>
      <td className="end wide">{line.orders}</td>
      <td className="end wide">
        <Flash of={line.revenue} isLive={isLive}>
          {reportLinks ? (
            <Link
              href={`/reports/${slug}`}
              prefetch={false}
              aria-label={`${line.revenue}, report of ${line.name}`}
            >
              {line.revenue}
            </Link>
          ) : (
            line.revenue
          )}
        </Flash>
      </td>
      <td className="wide">
        <span className="flex items-center gap-3">
          <span className="min-w-16 text-end">
            <Difference percent={line.difference} />
          </span>
          {line.reached === null ? null : (
            <Bar value={line.reached} max={WIDEST} marks={[1]} className="max-w-20 min-w-12" />
          )}
        </span>
      </td>
      <td className="end">
        <span className="inline-flex flex-wrap items-center justify-end gap-x-2">
          {out > 0 ? <StatusMark tone="red">{out} out</StatusMark> : null}
          {alerts === 0 ? (
            <span className="text-muted">0</span>
          ) : stockLinks ? (
            <Link
              href={`/inventory/alerts?restaurant=${slug}`}
              prefetch={false}
              aria-label={`${alerts} stock alerts of ${line.name}`}
            >
              {alerts}
            </Link>
          ) : (
            alerts
          )}
        </span>
      </td>
      <td className="wide whitespace-nowrap">
        <Screens line={line} links={screenLinks} />
      </td>
    </tr>
  )
}, isSameRow)

/** Every picture brings new objects: a row is drawn again only when something in it is another. */
function isSameRow(before: RowProps, after: RowProps): boolean {
  const { line: one, ...rest } = before
  const { line: other, ...otherRest } = after
  return isEqual(one, other) && isEqual(rest, otherRest)
}

const isEqual = <T extends object>(one: T, other: T): boolean =>
  (Object.keys(one) as (keyof T)[]).every((key) => one[key] === other[key])

/** How many times the usual revenue the bars can show; a tick marks the usual. */
const WIDEST = 1.5

const NOTHING = <span className="text-muted">–</span>

function Screens({
  line: { slug, screens, silent, silentFor },
  links,
}: {
  line: OverviewLine
  links: boolean
}) {
  if (screens === 0) return NOTHING
  const words =
    silent > 0 ? (
      <Silent silent={silent} silentFor={silentFor} />
    ) : (
      <span className="text-muted">
        {screens} {screens === 1 ? 'screen' : 'screens'}
      </span>
    )
  return links && silent > 0 ? (
    <Link href={`/admin/devices?restaurant=${slug}`} prefetch={false}>
      {words}
    </Link>
  ) : (
    words
  )
}

const Silent = ({ silent, silentFor }: { silent: number; silentFor: string }) => (
  <StatusMark tone="amber">
    {silent} silent for {silentFor}
  </StatusMark>
)
