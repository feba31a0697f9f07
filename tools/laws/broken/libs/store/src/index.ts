export { assess } from '@lunwarden/risk';
