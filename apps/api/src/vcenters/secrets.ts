import type { VcenterConnection } from '@lunwarden/store';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { API_CONFIG, type ApiConfig } from '../config.js';
import { Keyring, KeyringError } from './keyring.js';
import { seal, unseal } from './secret-box.js';

const place = (id: string) => ({ table: 'vcenter', id, field: 'password' });

/** Seals the passwords of vCenters and, for a collection only, opens them. */
@Injectable()
export class Secrets implements OnModuleInit {
  private keyring: Keyring | null = null;

  constructor(@Inject(API_CONFIG) private readonly config: ApiConfig) {}

  /** The API does not start without its keyring. @throws KeyringError */
  async onModuleInit(): Promise<void> {
    this.keyring = await Keyring.load(this.config.keyringFile);
  }

  seal(vcenterId: string, password: string): VcenterConnection['secret'] {
    return seal(this.loaded(), place(vcenterId), password);
  }

  /** @throws SecretBroken, KeyringError */
  open({ id, secret }: VcenterConnection): string {
    return unseal(this.loaded(), place(id), secret);
  }

  private loaded(): Keyring {
    if (this.keyring === null) throw new KeyringError('The keyring is not loaded yet: start the application first.');
    return this.keyring;
  }
}
