export { dataAccessRequest } from './data-access-request.ts';
