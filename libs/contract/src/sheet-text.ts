// Sheets run a cell that starts with one of these, also behind blanks and in full width (OWASP: CSV injection).
const formula = /^[\s\p{C}\p{Z}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u;
const leadingControl = /^[\t\r\n\0]/;

/** Text of others for a cell of a sheet: what a sheet program would run as a formula gets an apostrophe in front. */
export const sheetText = (text: string): string =>
  formula.test(text) || leadingControl.test(text) ? `'${text}` : text;
