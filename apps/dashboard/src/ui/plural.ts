/** `1 VM`, `2 VMs`: a number with what it counts, in words that take an s. */
export const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
