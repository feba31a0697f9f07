/**
 * `2026-11-23 04:00 UTC`: an instant as a person reads it, where a reason is a sentence. Machines have the field it is
 * from. What is no instant is told as it stands.
 */
export const instantText = (at: string): string =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(at) ? `${at.slice(0, 10)} ${at.slice(11, 16)} UTC` : at;
