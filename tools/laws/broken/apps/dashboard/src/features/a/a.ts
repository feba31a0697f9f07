export { b } from '../b/b.js';
