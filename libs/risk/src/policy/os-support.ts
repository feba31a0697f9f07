/** Last day with fixes for everyone (paid extensions do not count). Source: endoflife.date and the vendors' lifecycle pages, read 2026-08-22. */
export const windowsServerEnds: Readonly<Record<string, string>> = {
  '6.0.6001': '2020-01-14',
  '6.0.6002': '2020-01-14',
  '6.0.6003': '2020-01-14',
  '6.1.7600': '2013-04-09',
  '6.1.7601': '2020-01-14',
  '6.2.9200': '2023-10-10',
  '6.3.9600': '2023-10-10',
  '10.0.14393': '2027-01-12',
  '10.0.17763': '2029-01-09',
  '10.0.20348': '2031-10-14',
  '10.0.26100': '2034-11-14',
};

export const windowsClientEnds: Readonly<Record<string, string>> = {
  '6.1.7600': '2013-04-09',
  '6.1.7601': '2020-01-14',
  '6.3.9600': '2023-01-10',
  '10.0.19045': '2025-10-14',
  '10.0.26100': '2027-10-12',
  '10.0.26200': '2028-10-10',
};

/** By `ID` and the longest matching start of `VERSION_ID` of /etc/os-release. */
export const linuxEnds: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  rhel: { '7': '2024-06-30', '8': '2029-05-31', '9': '2032-05-31', '10': '2035-05-31' },
  rocky: { '8': '2029-05-31', '9': '2032-05-31', '10': '2035-05-31' },
  ol: { '7': '2024-12-31', '8': '2029-07-31', '9': '2032-06-30' },
  ubuntu: { '20.04': '2025-05-31', '22.04': '2027-04-01', '24.04': '2029-05-31', '26.04': '2031-04-30' },
  debian: { '11': '2024-08-14', '12': '2026-07-11', '13': '2028-08-09' },
  sles: { '12.5': '2024-10-31', '15.6': '2025-12-31', '15.7': '2031-07-31', '16.0': '2027-11-30' },
};

/** Support that ends within so many days counts as ending. */
export const endingDays = 90;
