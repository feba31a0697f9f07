import { SegmentedControl, useMantineColorScheme } from '@mantine/core';

const schemes = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'System' },
] as const;

export function SchemeSwitch() {
  // Otherwise Mantine stops transitions with a <style> element, which `style-src 'self'` refuses.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (
    <SegmentedControl
      size="xs"
      aria-label="Colour scheme"
      data={schemes.map((scheme) => ({ ...scheme }))}
      value={colorScheme}
      onChange={(value) => {
        const scheme = schemes.find((known) => known.value === value);
        if (scheme !== undefined) setColorScheme(scheme.value);
      }}
    />
  );
}
