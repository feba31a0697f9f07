import { z } from 'zod';
import { Cve, complaint, Day, type FeedReader, wholeText } from './feed.js';
import { parseJson } from './parse-json.js';

/** A vulnerability that is known to be exploited. Days as `YYYY-MM-DD`. */
export const KevEntry = z.object({ addedOn: Day, dueOn: Day, isRansomware: z.boolean() });
export type KevEntry = z.output<typeof KevEntry>;

/** The JSON that CISA publishes; fields that nobody looks up may come and go. */
const KevFile = z.object({
  catalogVersion: z.string().max(64),
  dateReleased: z.iso.datetime({ offset: true }),
  count: z.int().min(0),
  vulnerabilities: z
    .array(
      z.object({
        cveID: Cve,
        dateAdded: Day,
        dueDate: Day,
        knownRansomwareCampaignUse: z.enum(['Known', 'Unknown']),
      }),
    )
    .min(1)
    .max(50_000),
});

/** Six times what CISA publishes today. */
const mostChars = 8_388_608;

/** CISA's Known Exploited Vulnerabilities catalogue. Source of the format: cisa.gov, known_exploited_vulnerabilities_schema.json. */
export function* readKev(): FeedReader<KevEntry> {
  const text = yield* wholeText(mostChars);
  if (text === null) return { refused: 'The file is larger than any KEV catalogue.' };
  yield;
  const json = yield* parseJson(text);
  if ('refused' in json) return json;
  yield;
  const file = KevFile.safeParse(json.value);
  if (!file.success) return { refused: `This is no KEV catalogue: ${complaint(file.error)}` };
  const { count, dateReleased, vulnerabilities } = file.data;
  if (count !== vulnerabilities.length)
    return { refused: `The catalogue says ${count} entries but holds ${vulnerabilities.length}: fetch it again.` };
  const entries = vulnerabilities.map(({ cveID, dateAdded, dueDate, knownRansomwareCampaignUse }) => ({
    key: cveID,
    body: { addedOn: dateAdded, dueOn: dueDate, isRansomware: knownRansomwareCampaignUse === 'Known' },
  }));
  if (new Set(entries.map(({ key }) => key)).size !== entries.length)
    return { refused: 'The catalogue lists a CVE twice: fetch it again.' };
  return { feed: { asOf: new Date(dateReleased).toISOString(), entries, ignored: 0 } };
}
