import { json, Refusal } from '../../server/http.ts';

const DOCUMENTATION =
  'https://developer.salesforce.com/docs/marketing/marketing-cloud/guide/error-handling.html';

/** An error of the REST API. */
export const restErrorBody = (errorcode: number, message: string): object => ({
  documentation: DOCUMENTATION,
  errorcode,
  message,
});

/** An error of the REST API, to be thrown. */
export const restRefusal = (status: number, errorcode: number, message: string): Refusal =>
  new Refusal(json(status, restErrorBody(errorcode, message)));
