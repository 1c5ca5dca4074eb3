/** Where the bare workflow is run. */
export const BARE_QUEUE = 'bare';
