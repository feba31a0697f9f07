export { soap } from '../vcenters/soap.js';
