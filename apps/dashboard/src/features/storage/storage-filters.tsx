import { type Level, LunState, levelLabels, levels, MapDatastore } from '@lunwarden/contract';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { isFiltered, type StorageSearch } from '../../data/storage-search.js';
import { wordOfState } from '../../ui/lun-state.js';

type Props = { search: StorageSearch; vcenters: readonly string[]; onSearch: (search: StorageSearch) => void };

const typingMs = 250;

/** The URL follows when the typing rests, so that a link to what is on screen can be sent. */
export function StorageFilters({ search, vcenters, onSearch }: Props) {
  const type = useDebouncedCallback((q: string) => onSearch({ ...search, q: q === '' ? undefined : q }), typingMs);
  return (
    <search className="row" aria-label="Filter datastores">
      <TextInput
        key={search.q === undefined ? 'empty' : 'filled'}
        size="xs"
        type="search"
        aria-label="Search names, devices and LUN identifiers"
        placeholder="Search"
        defaultValue={search.q ?? ''}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <Choice
        label="vCenter"
        value={search.vcenter}
        options={vcenters.map((name) => [name, name] as const)}
        onChange={(vcenter) => onSearch({ ...search, vcenter })}
      />
      <Choice
        label="Type"
        value={search.type}
        options={types.map((name) => [name, name] as const)}
        onChange={(name) => onSearch({ ...search, type: types.find((known) => known === name) })}
      />
      <Choice
        label="Seen"
        value={search.seen}
        options={[
          ['yes', 'by a proxy'],
          ['no', 'by no proxy'],
        ]}
        onChange={(seen) => onSearch({ ...search, seen: seen === 'yes' || seen === 'no' ? seen : undefined })}
      />
      <Choice
        label="LUN state"
        value={search.state}
        options={states.map((state) => [state, wordOfState(state)] as const)}
        onChange={(name) => onSearch({ ...search, state: states.find((known) => known === name) })}
      />
      <Choice
        label="Proxy level"
        value={search.level}
        options={levels.map((level: Level) => [level, levelLabels[level]] as const)}
        onChange={(name) => onSearch({ ...search, level: levels.find((known) => known === name) })}
      />
      {isFiltered(search) && (
        <Button size="xs" variant="subtle" onClick={() => onSearch({ view: search.view })}>
          Clear filters
        </Button>
      )}
    </search>
  );
}

const states = LunState.options;
const types = MapDatastore.shape.type.options;

type ChoiceProps = {
  label: string;
  value: string | undefined;
  options: readonly (readonly [string, string])[];
  onChange: (value: string | undefined) => void;
};

const Choice = ({ label, value = '', options, onChange }: ChoiceProps) => (
  <NativeSelect
    size="xs"
    aria-label={label}
    value={value}
    data={[
      { value: '', label: `${label}: all` },
      ...options.map(([name, text]) => ({ value: name, label: `${label}: ${text}` })),
    ]}
    onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
  />
);
