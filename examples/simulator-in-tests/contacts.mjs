// A program that talks to Salesforce: who has this e-mail address?

/** The names of the contacts with an address. @throws Error where the org does not answer */
export async function contactsOf(email, { loginUrl, clientId, clientSecret }) {
  const signedIn = await fetch(`${loginUrl}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    }),
  });
  const { access_token: token, instance_url: instance } = await signedIn.json();
  const soql = `SELECT Name FROM Contact WHERE Email = '${email.replace(/['\\]/g, '\\$&')}'`;
  const response = await fetch(
    `${instance}/services/data/v67.0/query?q=${encodeURIComponent(soql)}`,
    { headers: { authorization: `Bearer ${token}` } },
  );
  if (!response.ok) throw new Error(`Salesforce answered ${response.status}`);
  const { records } = await response.json();
  return records.map(({ Name }) => Name);
}
