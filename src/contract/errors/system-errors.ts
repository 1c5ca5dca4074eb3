import type { ErrorEntry } from './entry.ts';

const REPORT =
  'Retry the system. If it happens again, report it with the version of Dossier: it is a case for a developer.';
const AGAIN = 'Nothing to do: it is asked again by itself. Look at the system if it lasts.';
const VENDOR =
  'Ask the vendor to mend its answer, or give Dossier what it sends you: dossier vendor respond.';

/** Codes that Dossier itself uses for what a system said or did. Stored in histories. */
export const SYSTEM_ERRORS = {
  ANSWER_TOO_LARGE: { cause: 'The vendor answered with more than 4 MiB.', cure: VENDOR },
  ANSWER_TOO_SLOW: { cause: 'The vendor took too long to send its answer.', cure: AGAIN },
  API_SHARE_REACHED: {
    cause: 'The org has used the share of its daily API calls that Dossier may use.',
    cure: 'It goes on by itself once the window has moved. Lower salesforce.keepFree, or raise the org’s allowance.',
  },
  BULK_JOB_ABORTED: { cause: 'Somebody ended the bulk query in Setup.', cure: AGAIN },
  BULK_JOB_FAILED: {
    cause: 'The bulk query failed in Salesforce.',
    cure: 'Look at the job in Setup under Bulk Data Load Jobs, then retry the system.',
  },
  CERTIFICATE_DOMAIN: {
    cause: 'The vendor’s certificate is for another domain than the one that signs.',
    cure: 'Write the vendor’s domain into dossier.yaml as domain, if it is right; else ask the vendor.',
  },
  CERTIFICATE_OUT_OF_DATE: {
    cause: 'The certificate that the vendor signs with is not valid today.',
    cure: 'Ask the vendor to renew it, then retry the system.',
  },
  CERTIFICATE_UNREADABLE: {
    cause: 'What the vendor publishes as its certificate is none.',
    cure: 'Ask the vendor to mend it, then retry the system.',
  },
  CONSENT_FAILURE: {
    cause: 'The Consent API failed for this person, and gave no code.',
    cure: 'Check that the user that the app runs as has the permission ConsentApiUpdate, then retry the system.',
  },
  EMPTY_PAGE: {
    cause: 'The system gave a page without a row before the list had ended.',
    cure: REPORT,
  },
  ENDLESS_PAGES: { cause: 'The system leads from page to page without an end.', cure: REPORT },
  FILE_TOO_LARGE: {
    cause: 'A file is larger than limits.fileGiB allows.',
    cure: 'Raise limits.fileGiB in dossier.yaml if the file is wanted, then retry the system.',
  },
  FILE_TOO_SLOW: { cause: 'A file came too slowly to be waited for.', cure: AGAIN },
  FOREIGN_LINK: {
    cause:
      'The system sends us to another host. Dossier does not go there, as the token would go along.',
    cure: REPORT,
  },
  FOREIGN_REFERENCE: {
    cause: 'What the request keeps of an earlier question is not readable.',
    cure: 'Retry the system: it is asked anew.',
  },
  FOREIGN_SHAPE: {
    cause: 'The answer lacks what its documentation promises, or has it in another form.',
    cure: 'Check that the address leads to the right system and API version. Else retry, and report it.',
  },
  FOREIGN_STATUS: { cause: 'The system names a state that nobody documents.', cure: REPORT },
  ID_HOLDS_COMMA: {
    cause: 'A party ID holds a comma, which the Consent API takes for the end of the ID.',
    cure: 'Go on without this drop: the profile is exported by query.',
  },
  ID_SHARED: {
    cause: 'The party ID is another person’s too, and the Consent API is asked by ID alone.',
    cure: 'Go on without it: dossier request skip. The profiles are exported by query.',
  },
  INSTANCE_NOT_HTTPS: {
    cause: 'The sign-in names an instance without https.',
    cure: 'Check salesforce.loginUrl: it must be the org’s My Domain.',
  },
  LINK_ADDRESS: {
    cause: 'A link of the vendor leads to an address that is not public.',
    cure: 'Ask the vendor. Name the host under hosts in the system’s entry, if it is meant.',
  },
  LINK_HOST: {
    cause: 'A link of the vendor leads to a host that is not its own.',
    cure: 'Name the host under hosts in the system’s entry, if it is the vendor’s; then retry the system.',
  },
  LINK_NOT_HTTPS: {
    cause: 'A link of the vendor leaves the encrypted connection.',
    cure: VENDOR,
  },
  LOGIN_PAGE: {
    cause: 'A page to sign in came in place of the file.',
    cure: 'Choose another way of download in the system’s entry (bearer, cookie), then retry the system.',
  },
  NO_BODY: { cause: 'The bucket gave an object without contents.', cure: REPORT },
  NO_CERTIFICATE: {
    cause: 'The vendor signs, and does not say where its certificate is.',
    cure: VENDOR,
  },
  NO_COLUMNS: { cause: 'A query’s answer does not name its columns.', cure: REPORT },
  NO_DATA_CLOUD: {
    cause: 'Data Cloud does not answer at this host with this API version.',
    cure: 'Check salesforce.loginUrl and salesforce.apiVersion. Declare data-cloud in notUsed if the company has none.',
  },
  NO_DATA_SPACE: {
    cause: 'There is no data space of this name for the user that the app runs as.',
    cure: 'Mend salesforce.dataSpaces, or give that user the data space; then retry the system.',
  },
  NO_FILE_ID: { cause: 'Privacy Center began a policy and named no file.', cure: REPORT },
  NO_INDIVIDUAL: {
    cause: 'The data space has no object of individuals.',
    cure: 'Take it out of salesforce.dataSpaces, or map the object Individual there.',
  },
  NO_LOCATOR: { cause: 'A bulk query does not say whether more rows follow.', cure: REPORT },
  NO_NEXT_BATCH: { cause: 'A query has more rows and does not say where.', cure: REPORT },
  NO_NEXT_PAGE: { cause: 'A query has more rows and does not say where.', cure: REPORT },
  NO_REQUEST_ID: { cause: 'Marketing Cloud has more rows and does not say where.', cure: REPORT },
  NO_RESULTS_LINK: {
    cause: 'The vendor says that results are ready, and gives no link to them.',
    cure: VENDOR,
  },
  NO_ROW_COUNT: { cause: 'A query gives rows and not how many there are.', cure: REPORT },
  NO_RULESET: {
    cause: 'No data space has a ruleset that the configuration names.',
    cure: 'Mend salesforce.rulesets, or set it to auto; then retry the system.',
  },
  NO_STATUS: { cause: 'A query’s answer does not say how far it is.', cure: REPORT },
  NO_SUCH_COLUMN: {
    cause: 'The data extension has no column of this name.',
    cure: 'Mend its column in dataExtensions of the system’s entry, then retry the system.',
  },
  NOT_CSV: { cause: 'The result of a bulk query is no CSV.', cure: REPORT },
  NOT_JSON: {
    cause: 'The answer is no JSON: often a page of a proxy, of a sign-in or of an outage.',
    cure: 'Check that the address leads to the API and that no proxy answers for it, then retry the system.',
  },
  NOT_XML: {
    cause: 'The answer is no XML: often a page of a proxy or of an outage.',
    cure: 'Check that the address leads to the API and that no proxy answers for it, then retry the system.',
  },
  OTHER_COLUMNS: { cause: 'A page has other columns than the one before.', cure: REPORT },
  OTHER_REQUEST: { cause: 'The vendor answered about another request.', cure: VENDOR },
  PAGE_REPEATED: { cause: 'The system gave the same page again.', cure: REPORT },
  POLICY_FAILED: {
    cause: 'A run of the Privacy Center policy failed.',
    cure: 'Look at its last run in Privacy Center, then retry the system.',
  },
  POLICY_REFUSED: {
    cause: 'Privacy Center did not begin the policy.',
    cure: 'Check that the policy is active, that its root object fits and that the user may use Privacy Center.',
  },
  PROCESSOR_DOMAIN: {
    cause: 'The answer does not say who signed it, or names another domain.',
    cure: 'Write the vendor’s domain into dossier.yaml as domain, if it is right; then retry the system.',
  },
  REFUSED: {
    cause: 'Data Cloud refused an order by the Consent API, and gave no code.',
    cure: 'Check that the user may change consent (ConsentApiUpdate), then retry the system.',
  },
  RETRIEVE_STATUS: {
    cause: 'Marketing Cloud ended a query with a state that is no success.',
    cure: 'Check the permissions of the installed package, then retry the system.',
  },
  ROWS_MISSING: { cause: 'The system gave fewer rows than it counted.', cure: REPORT },
  SEARCH_ERROR: {
    cause: 'Marketing Cloud refused the search by e-mail address.',
    cure: 'Check the permissions of the installed package (contacts: read), then retry the system.',
  },
  SECURITY_FAULT: {
    cause: 'Marketing Cloud did not accept the token for this call.',
    cure: 'Check the permissions of the installed package and the business unit, then retry the system.',
  },
  SIGNATURE_MISSING: {
    cause: 'The entry says how the vendor signs, and the answer is not signed.',
    cure: 'Ask the vendor. signature: auto takes answers without a signature.',
  },
  SIGNATURE_WRONG: {
    cause: 'The signature does not fit the answer and the vendor’s certificate.',
    cure: VENDOR,
  },
  SOAP_FAULT: {
    cause: 'Marketing Cloud answered with a fault.',
    cure: 'Check objects and columns of the system’s entry, then retry the system.',
  },
  TENANT_NOT_HTTPS: {
    cause: 'The token exchange names a tenant without https.',
    cure: 'Check salesforce.loginUrl: it must be the org’s My Domain.',
  },
  TIMEOUT: { cause: 'The bucket did not answer in time.', cure: AGAIN },
  TOKEN_EXPIRED: {
    cause: 'Marketing Cloud ended the token, and the new one too.',
    cure: 'Check the clocks and the installed package, then retry the system.',
  },
  TOO_MANY_CONTACTS: {
    cause: 'An e-mail address stands for more contacts than one person has.',
    cure: 'Give contact keys as external IDs, or go on without it: dossier request skip.',
  },
  TOO_MANY_MATCHES: {
    cause: 'An identifier leads to more profiles than one person has.',
    cure: 'Withdraw the request and start one that names the person in another way.',
  },
  TOO_MANY_ORDERS: {
    cause: 'One minute, or one search, holds more orders than the API gives.',
    cure: 'Choose orders: search in the system’s entry, or export the orders of the site by hand.',
  },
  TOO_MANY_ROWS: { cause: 'The system gave more rows than it counted.', cure: REPORT },
  UNKNOWN_OBJECT: {
    cause: 'The account lacks an object of the SOAP API.',
    cure: 'Take it out of objects in the system’s entry, then retry the system.',
  },
  UNKNOWN_PROPERTY: {
    cause: 'The account does not know a property, and does not say which.',
    cure: 'Take properties of your own out of the system’s entry, then retry the system.',
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;

/** A code of ours for what a system said or did. */
export type SystemErrorCode = keyof typeof SYSTEM_ERRORS;
