import { describe, expect, it } from 'vitest'
import { deviceNameSchema, formatPairingCode, pairingCodeSchema } from './pairing'

describe('a pairing code', () => {
  it.each(['WDJBMJHT', 'WDJB-MJHT', 'wdjb mjht', ' Wdjb–Mjht ', 'w d j b m j h t'])(
    'is understood when typed as %j',
    (typed) => {
      expect(pairingCodeSchema.parse(typed)).toBe('WDJBMJHT')
    },
  )

  it.each(['', 'WDJB-MJH', 'WDJB-MJHTT', 'WDJB-MJH0', 'WDJB-MJHI', 'WDJB_MJHT', 'ẞDJB-MJHT'])(
    'is asked for again in words when typed as %j',
    (typed) => {
      const { error } = pairingCodeSchema.safeParse(typed)
      expect(error?.issues[0]?.message).toContain('eight letters')
    },
  )

  it('is shown in two halves', () => {
    expect(formatPairingCode('WDJBMJHT')).toBe('WDJB-MJHT')
  })
})

describe('the name of a screen', () => {
  it('has at least one character that is seen and at most eighty', () => {
    expect(deviceNameSchema.parse('  Grill ')).toBe('Grill')
    expect(deviceNameSchema.safeParse('   ').success).toBe(false)
    expect(deviceNameSchema.safeParse('x'.repeat(80)).success).toBe(true)
    expect(deviceNameSchema.safeParse('x'.repeat(81)).success).toBe(false)
  })
})
