import { COMMANDS, FACTS, type CommandName, type FactName } from '../../contract/messages/index.ts';
import * as all from './all.ts';
import type { CommandHandler, FactHandler } from './handle.ts';

type FactHandlers = { readonly [Name in FactName]: FactHandler<Name> };
type CommandHandlers = { readonly [Name in CommandName]: CommandHandler<Name> };

const handlers: FactHandlers & CommandHandlers = all;
const named = (names: readonly (FactName | CommandName)[]) =>
  Object.fromEntries(names.map((name) => [name, handlers[name]]));

/** What a request does with each fact. */
export const FACT_HANDLERS = named(FACTS) as unknown as FactHandlers;

/** What a request does with each command. */
export const COMMAND_HANDLERS = named(COMMANDS) as unknown as CommandHandlers;
