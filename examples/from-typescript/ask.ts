// Starts a request, records a vendor's reply, follows the stages, and says where the package lies.
import { Dossier, DossierError } from 'dossier';

const [requestId = 'R-2001', config = '.dossier/dossier.yaml'] = process.argv.slice(2);
const dossier = await Dossier.connect({ config });
try {
  const { timetable } = await dossier.start({
    requestId,
    type: 'access',
    subject: { emails: ['ana.lima@example.com'] },
    residence: { country: 'DE' },
    receivedAt: new Date().toISOString(),
    identity: 'confirmed',
    policy: { systems: ['acme-mail'] },
  });
  console.log(`Answer by ${timetable?.answerBy}.`);

  await dossier.vendorResponded(requestId, {
    system: 'acme-mail',
    outcome: 'nothing-held',
    by: 'privacy@acme-mail.example',
  });
  for await (const { stage, waitingOn } of dossier.watch(requestId)) {
    console.log(`${stage}${waitingOn.length > 0 ? `, waits for ${waitingOn.join(', ')}` : ''}`);
  }
  const { package: archive, gaps } = await dossier.waitForDelivery(requestId, {
    timeout: '10 minutes',
  });
  console.log(`The package lies at ${archive?.uri}; ${gaps.length} gap(s).`);
} catch (error) {
  if (!(error instanceof DossierError)) throw error;
  console.error(`${error.code}: ${error.message}`, ...error.actions);
  process.exitCode = 1;
} finally {
  await dossier.close();
}
