import type { StockPolicy } from '@/domain/vocabulary'

export const POLICY_WORDS: Record<StockPolicy, string> = {
  warn: 'Warn, and take the order',
  refuse: 'Refuse the order',
}
