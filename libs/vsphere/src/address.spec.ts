import { describe, expect, test } from 'vitest';
import { parseAddress } from './address.js';

const system = { kind: 'system' } as const;
const loopback = { kind: 'loopback' } as const;

describe('an address that fits its trust', () => {
  test.each([
    ['https://vc.example.com', { secure: true, host: 'vc.example.com', port: 443 }],
    ['https://vc.example.com:8443/sdk', { secure: true, host: 'vc.example.com', port: 8443 }],
    ['https://[2001:db8::1]/', { secure: true, host: '2001:db8::1', port: 443 }],
  ])('%s', (url, address) => expect(parseAddress(url, system)).toEqual(address));

  test.each(['http://127.0.0.1:8989/sdk', 'http://127.9.9.9:1', 'http://[::1]:8989', 'http://localhost:8989'])(
    '%s',
    (url) => expect(parseAddress(url, loopback).secure).toBe(false),
  );
});

describe('the password never leaves in the clear, whatever is typed', () => {
  test.each([
    ['http://vc.example.com', system],
    ['http://127.0.0.1', system],
    ['http://vc.example.com', loopback],
    ['http://127.0.0.1.example.com', loopback],
    ['http://10.0.0.1', loopback],
    ['http://0.0.0.0', loopback],
    ['https://127.0.0.1', loopback],
    ['https://user:secret@vc.example.com', system],
    ['https://vc.example.com/ui', system],
    ['file:///etc/passwd', system],
    ['vc.example.com', system],
    ['', system],
  ])('%s is refused', (url, trust) => {
    expect(() => parseAddress(url, trust)).toThrow(
      expect.objectContaining({ code: 'vcenter_address_refused', message: expect.not.stringContaining('secret') }),
    );
  });
});
