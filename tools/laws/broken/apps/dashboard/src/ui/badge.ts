export { Store } from '../data/store.js';
