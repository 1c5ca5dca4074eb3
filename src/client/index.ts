export { Dossier } from './dossier.ts';
export { DossierError, type DossierErrorCode, type DossierErrorFacts } from './dossier-error.ts';
export type { ConnectOptions } from './connect.ts';
export type { ListedRequest, ListFilter } from './list-requests.ts';
export type { CommandOptions, CommandOptions as OrderOptions } from './send-message.ts';
export type { WatchOptions } from './watch-request.ts';
export type { RequestInput } from '../contract/request.ts';
export type { RequestStatus } from '../contract/status.ts';
export type { MessageInput, MessageName } from '../contract/messages/index.ts';
