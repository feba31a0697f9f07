export { Store } from '@lunwarden/store';
