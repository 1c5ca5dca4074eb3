import { command } from './define.ts';
import { vendorResponded } from './vendor-responded.ts';

export const respondForVendor = command({
  input: vendorResponded.input,
  describe: 'As vendorResponded, but checked and answered. Taken back by retractAnswer.',
  example: vendorResponded.example,
});
