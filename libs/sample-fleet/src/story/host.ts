import type { HostFacts } from '@lunwarden/contract';
import { storyAt } from './facts.js';
import { type StoryMapView, storyMap } from './map.js';

/** The shape of `Facts` in `@lunwarden/risk`. */
export type StoryHost = {
  hostId: string;
  hostname: string;
  platform: 'windows' | 'linux';
  report: { facts: HostFacts; remembered: HostFacts; observedAt: string | null; receivedAt: string } | null;
  lastSeenAt: string | null;
  identityConflict: boolean;
  map: StoryMapView;
};

/** Ten minutes after the story's facts were true: everything is fresh. */
export const storyNow = '2026-11-20T06:10:00.000Z';

/** One host with these facts, reported at `storyAt`, beside the story's map; override what a test is about. */
export function hostOf(facts: HostFacts, overrides: Partial<StoryHost> = {}): StoryHost {
  return {
    hostId: '6c0a4a57-6f0e-4c3b-8a52-0d6f6c0f2e10',
    hostname: facts.hostname,
    platform: facts.platform,
    report: { facts, remembered: facts, observedAt: storyAt, receivedAt: storyAt },
    lastSeenAt: storyAt,
    identityConflict: false,
    map: storyMap('2026-11-20T05:50:00Z'),
    ...overrides,
  };
}
