import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { type Filter, filterWords, type HostsSearch, hasFilter, selected, toggled } from '../../data/hosts-search.js';
import { CheckMenu } from '../../ui/check-menu.js';
import { useShortcuts } from '../../ui/keyboard.js';
import { filterLabels, wordLabel } from './words.js';

const filters = Object.keys(filterWords).filter((name): name is Filter => name in filterWords);

type Props = { search: HostsSearch; onSearch: (search: HostsSearch) => void };

export function HostsFilters({ search, onSearch }: Props) {
  return (
    <search className="row" aria-label="Filter hosts">
      <QueryField query={search.q} onQuery={(q) => onSearch({ ...search, q })} />
      {filters.map((filter) => (
        <FilterMenu key={filter} filter={filter} search={search} onSearch={onSearch} />
      ))}
      {search.ds && (
        <Button size="xs" variant="default" onClick={() => onSearch({ ...search, ds: undefined })}>
          Reaches datastore {search.ds} ✕
        </Button>
      )}
      {search.writable && (
        <Button size="xs" variant="default" onClick={() => onSearch({ ...search, writable: undefined })}>
          Writable or unknown LUNs ✕
        </Button>
      )}
      {hasFilter(search) && (
        <Button size="xs" variant="subtle" onClick={() => onSearch({ sort: search.sort })}>
          Clear filters
        </Button>
      )}
    </search>
  );
}

function FilterMenu({ filter, search, onSearch }: Props & { filter: Filter }) {
  const chosen = selected(search[filter]);
  return (
    <CheckMenu
      label={filterLabels[filter]}
      says={chosen.map((word) => wordLabel(filter, word)).join(', ')}
      choices={filterWords[filter].map((word) => ({
        value: word,
        label: wordLabel(filter, word),
        isChecked: chosen.includes(word),
      }))}
      onToggle={(word) => onSearch(toggled(search, filter, word))}
    />
  );
}

const typingMs = 200;

/** What is typed shows at once, the URL follows when the typing rests. `/` brings the focus here. */
function QueryField({ query, onQuery }: { query: string | undefined; onQuery: (query: string | undefined) => void }) {
  const [text, setText] = useState(query ?? '');
  const input = useRef<HTMLInputElement>(null);
  const last = useRef(query ?? '');
  const send = useRef(onQuery);
  send.current = onQuery;
  useEffect(() => {
    // Someone else changed the URL: back, forward, "clear filters".
    if ((query ?? '') === last.current) return;
    last.current = query ?? '';
    setText(query ?? '');
  }, [query]);
  useEffect(() => {
    if (text === last.current) return;
    const timer = setTimeout(() => {
      last.current = text;
      send.current(text === '' ? undefined : text);
    }, typingMs);
    return () => clearTimeout(timer);
  }, [text]);
  useShortcuts((event) => {
    if (event.key !== '/') return;
    event.preventDefault();
    input.current?.focus();
  });
  return (
    <TextInput
      ref={input}
      size="xs"
      type="search"
      aria-label="Search hosts, operating systems and reasons"
      placeholder="Search ( / )"
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}
