// P1: full readings one after another in one process. Memory must not grow with their number.
import { collectLunMap } from '@lunwarden/vsphere';

const warmUp = 10;

/** Slope of the least squares line through equally spaced values. */
export function slopeOf(values) {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [over, under] = [0, 0];
  for (const [at, value] of values.entries()) {
    over += (at - middle) * (value - mean);
    under += (at - middle) ** 2;
  }
  return over / under;
}

/** @returns MB a reading that the memory grows by once it is warm, and what it was at the end. */
export async function flat(url, [username, password], readings) {
  const rss = [];
  for (let reading = 0; reading < readings; reading++) {
    const trust = { kind: 'loopback' };
    const options = { url: new URL(url).origin, username, password, trust, details: true, now: () => new Date() };
    const { complete } = await collectLunMap(options);
    if (!complete) throw new Error('a map has gaps: the comparison would be void');
    rss.push(process.memoryUsage.rss() / 2 ** 20);
  }
  const warm = rss.slice(Math.min(warmUp, readings >> 1));
  const round = (number) => Math.round(number * 100) / 100;
  return {
    readings,
    slopeMb: round(slopeOf(warm)),
    firstMb: round(rss[0]),
    warmMb: round(warm[0]),
    lastMb: round(rss.at(-1)),
    mostMb: round(Math.max(...rss)),
  };
}
