import { sql } from 'drizzle-orm'
import type { DateRange } from '@/domain/report-range'
import type { ReportScope } from '@/domain/scope'
import type { Outliers } from '@/domain/ticket-time'
import { CHANNELS, type Channel, STATIONS, type Station } from '@/domain/vocabulary'
import type { Db } from '../../client'
import { type Figures, type FiguresRow, figuresBy, toFigures } from '../../fragments/report-figures'

type Params = { range: DateRange; outliers: Outliers }

export type ChannelFigures = Figures & { channel: Channel }
/** Orders that have dishes of the station; `revenue` is that of those dishes, and `dishes` their portions. */
export type StationFigures = Omit<Figures, 'recalls' | 'averageCheck'> & { station: Station; dishes: number }

/** Figures by channel, those without an order left out. */
export async function listChannels(
  db: Db,
  scope: ReportScope,
  { range, outliers }: Params,
): Promise<ChannelFigures[]> {
  const rows = await partsOf<Channel>(db, scope, range, 'channel')
  return CHANNELS.flatMap((channel) => {
    const row = rows.get(channel)
    return row ? [{ channel, ...toFigures(row, outliers) }] : []
  })
}

/**
 * Figures by station, those without a dish left out: its ticket time runs from fired to when its last dish was ticked off,
 * or else the whole ticket was ready.
 */
export async function listStations(
  db: Db,
  scope: ReportScope,
  { range, outliers }: Params,
): Promise<StationFigures[]> {
  const rows = await partsOf<Station>(db, scope, range, 'station')
  return STATIONS.flatMap((station) => {
    const row = rows.get(station)
    if (!row) return []
    const { recalls: _, averageCheck: __, ...figures } = toFigures(row, outliers)
    return [{ station, dishes: row.dishes, ...figures }]
  })
}

async function partsOf<Part extends string>(
  db: Db,
  scope: ReportScope,
  range: DateRange,
  dimension: 'channel' | 'station',
): Promise<Map<Part, FiguresRow>> {
  const rows = await db.execute<FiguresRow & { key: Part }>(
    figuresBy(scope, [range], { dimension, key: sql`part`, byDate: false }),
  )
  return new Map(rows.map((row) => [row.key, row]))
}
