/** Version of this library as its package.json tells; product.spec.ts keeps the two together. */
export const version = '0.1.0';

/** So that a vCenter administrator sees in the session list who is reading. */
export const userAgent = `Lunwarden/${version}`;
