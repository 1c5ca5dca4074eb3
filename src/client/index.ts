export { Dossier } from './dossier.ts';
export { DossierError, type DossierErrorCode, type DossierErrorFacts } from './dossier-error.ts';
export type { ConnectOptions } from './connect.ts';
export type { ListedRequest, ListFilter } from './list-requests.ts';
export type { OrderOptions } from './send-message.ts';
export type { WatchOptions } from './watch-request.ts';
export type { RequestInput } from '../domain/request.ts';
export type { RequestStatus } from '../domain/status.ts';
export type { MessageInput, MessageName } from '../domain/messages.ts';
