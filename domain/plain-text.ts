/** A text for comparing with what somebody typed: accents and case aside. */
export const plainText = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
