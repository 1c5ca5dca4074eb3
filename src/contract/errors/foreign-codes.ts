/** Common codes of other systems. Any likeness to a code of ours is an accident. */
const OFTEN = new Set([
  'INSUFFICIENT_ACCESS',
  'INVALID_ARGUMENT',
  'INVALID_FIELD',
  'INVALID_SESSION_ID',
  'INVALID_TYPE',
  'NOT_FOUND',
  'REQUEST_LIMIT_EXCEEDED',
  'invalid_client',
  'invalid_grant',
  'invalid_scope',
]);

/** Whether the code is surely another system's. */
export const isOften = (code: string): boolean => OFTEN.has(code);

/** Where another system documents a code, by its form; undefined if it looks like no code. */
export function whereToLook(code: string): string | undefined {
  if (/^\d{1,6}$/.test(code)) {
    return (
      'Account Engagement API, "Error Codes and Messages", or the error codes of the Marketing ' +
      'Cloud REST API.'
    );
  }
  if (/^[0-9][0-9A-Z]{4}$/.test(code)) {
    return 'The SQLSTATE codes of PostgreSQL, which Data Cloud uses.';
  }
  if (/^E[A-Z]{3,12}$|^(?:UND_)?ERR_[A-Z_]{1,60}$/.test(code)) {
    return 'The connection failed, and Node.js gave the code: Node.js documentation, "Errors".';
  }
  if (/^[a-z]{2,30}(?:_[a-z]{1,30}){1,4}$/.test(code)) {
    return 'Salesforce Help, "OAuth Authorization Flows", error codes; or the API of the system.';
  }
  if (/^[A-Z][A-Z0-9]{1,30}(?:_[A-Z0-9]{1,30}){1,8}$|^[A-Z][A-Za-z]{2,60}$/.test(code)) {
    return 'REST API Developer Guide, "Status Codes and Error Responses"; or the API of the system.';
  }
  return undefined;
}
