/**
 * Reads a simulator with simple-salesforce: model, one record, all records, what changed since a
 * moment, the Bulk API. Its own sign-in knows Salesforce's hosts alone, so the token comes from the
 * grant `password`.
 */
export const SIMPLE_SALESFORCE = String.raw`
import json, sys, requests
from simple_salesforce import Salesforce
given = json.load(open(sys.argv[1] + '/given.json'))
form = {'grant_type': 'password', 'client_id': given['clientId'], 'client_secret': given['clientSecret'],
        'username': given['username'], 'password': given['password']}
token = requests.post(given['core'] + '/services/oauth2/token', data=form).json()['access_token']
sf = Salesforce(instance_url=given['core'], session_id=token, version='62.0')
def same(what, found, wanted):
    if found != wanted: sys.exit(f'{what}: {found} instead of {wanted}')
same('SystemModstamp described', 'SystemModstamp' in {f['name'] for f in sf.Contact.describe()['fields']}, True)
same('record', sf.Contact.get('003Hs0000000007AAA')['LastName'], 'Person 7')
same('query_all', len(sf.query_all('SELECT Id FROM Contact ORDER BY Id')['records']), given['contacts'])
since = 'SELECT Id FROM Contact WHERE SystemModstamp >= 2020-01-01T00:00:00Z ORDER BY SystemModstamp'
same('changed since', len(list(sf.query_all_iter(since))), given['contacts'])
pages = sf.bulk2.Contact.query('SELECT Id, LastName FROM Contact')
same('bulk2', sum(len(page.splitlines()) - 1 for page in pages), given['contacts'])
same('limits', 'DailyApiRequests' in sf.limits(), True)
print(f"{given['contacts']} rows by query, since a moment, and by bulk")
`;

/**
 * Reads a simulator with Singer's tap, discovery first. The tap signs in at login.salesforce.com
 * alone: that one address is turned to the simulator, nothing else.
 */
export const TAP = String.raw`
import io, json, sys, contextlib, logging, requests
folder = sys.argv[1]
given = json.load(open(folder + '/given.json'))
plain = requests.Session.request
def request(self, method, url, *args, **kwargs):
    return plain(self, method, url.replace('https://login.salesforce.com', given['core']), *args, **kwargs)
requests.Session.request = request
from tap_salesforce import main_impl
config = {'refresh_token': given['refreshToken'], 'client_id': given['clientId'], 'client_secret': given['clientSecret'],
          'start_date': '2020-01-01T00:00:00Z', 'api_type': 'REST', 'select_fields_by_default': 'true'}
json.dump(config, open(folder + '/config.json', 'w'))
def tap(*args):
    sys.argv = ['tap', '--config', folder + '/config.json', *args]
    out = io.StringIO()
    with contextlib.redirect_stdout(out): main_impl()
    return out.getvalue()
catalog = json.loads(tap('--discover'))
for stream in catalog['streams']:
    if stream['stream'] != 'Contact': continue
    stream.update({'replication_key': 'SystemModstamp', 'replication_method': 'INCREMENTAL'})
    for entry in stream['metadata']:
        entry['metadata']['selected'] = True
        if entry['breadcrumb'] == []:
            entry['metadata'].update({'replication-method': 'INCREMENTAL', 'replication-key': 'SystemModstamp'})
json.dump(catalog, open(folder + '/catalog.json', 'w'))
lines = [json.loads(line) for line in tap('--properties', folder + '/catalog.json').splitlines()]
rows = sum(1 for line in lines if line['type'] == 'RECORD')
if rows != given['contacts']: sys.exit(f"{rows} rows of {given['contacts']}")
print(f"{len(catalog['streams'])} streams discovered, {rows} rows read by SystemModstamp")
`;
