import type { CalendarDate } from '@dossier/law';
import { byAct, isWholeParagraph, sayOnly, type CitationForm } from '../citations.ts';
import type { Language } from '../language.ts';

/** `GDPR第15条第1項及び第3項`. A comma is before a further article, or before a place with parts. */
const named =
  (act: string): CitationForm =>
  (places) => {
    if (!sayOnly(places, 'article', ['paragraph', 'point', 'sentence'])) return undefined;
    const written = places.map((place, index) => {
      const before = places[index - 1];
      const isSame = before !== undefined && before.number === place.number;
      const isListed = isSame && isWholeParagraph(place) && isWholeParagraph(before);
      return [
        ...(before === undefined ? [] : [isListed ? '及び' : '、']),
        ...(isSame ? [] : [`第${place.number}条`]),
        ...(place.paragraph === undefined ? [] : [`第${place.paragraph}項`]),
        ...(place.point === undefined ? [] : [`(${place.point})`]),
        ...(place.sentence === undefined ? [] : [`第${place.sentence}文`]),
      ].join('');
    });
    return `${act}${written.join('')}`;
  };

/** The text that says until when the articles had these numbers. */
function numberedUntil(until: CalendarDate): string {
  const [year, month, day] = until.split('-').map(Number);
  return `（${year}年${month}月${day}日までの条番号）`;
}

/** Letters in Japanese. */
export const ja: Language = {
  greeting: '{{#name}}{{name}} 様{{/name}}{{^name}}ご請求者様{{/name}}',
  closing: `{{#contact}}ご不明な点は、番号 {{requestId}} を添えて {{contact}} までお問い合わせください。{{/contact}}{{^contact}}ご不明な点は、番号 {{requestId}} を添えて本状にご返信ください。{{/contact}}

敬具

{{company}}`,
  remedies: `{{#authorities}}当方の対応にご納得いただけない場合は、次の監督機関に申し立てることができます。

{{authorities}}{{/authorities}}{{^authorities}}当方の対応にご納得いただけない場合は、お住まいの地域の個人情報保護の監督機関に申し立てることができます。{{/authorities}}

また、裁判所に訴えることもできます。`,
  templates: {
    acknowledgement: `# ご請求 {{requestId}} を受け付けました

{{greeting}}

{{receivedOn}}に、{{right}}のご請求を受け付けました。{{law}}（{{rightCite}}）に基づいて対応いたします。

遅くとも **{{answerBy}}** までに回答いたします（{{answerCite}}）。

{{#identityOpen}}回答の前に、ご請求がご本人からのものであることを確認する必要があります（{{identityCite}}）。確認の方法は別途ご連絡いたします。{{/identityOpen}}

それまでに、当社のシステム内のデータを調べ、当社に代わってデータを保有する事業者に照会し、結果を確認したうえでお渡しします。

{{remedies}}

{{closing}}`,
    'identity-request': `# ご本人確認のお願い：ご請求 {{requestId}}

{{greeting}}

{{receivedOn}}に、{{right}}のご請求を受け付けました。ほかの方にデータが渡らないよう、ご請求がご本人からのものであることをご確認ください（{{identityCite}}）。

当社に登録されているアドレスから{{#contact}} {{contact}} までご連絡いただくか{{/contact}}{{^contact}}本状にご返信いただくか{{/contact}}、ほかの確認方法をお知らせください。当社からお願いするまで、身分証明書の写しはお送りにならないでください。

**{{answerBy}}** より前にご返答がない場合（{{answerCite}}）、データをお渡しすることはできません。

{{remedies}}

{{closing}}`,
    reminder: `# 再度のお願い：ご本人確認、ご請求 {{requestId}}

{{greeting}}

{{receivedOn}}のご請求がご本人からのものであることの確認をお願いしましたが（{{identityCite}}）、まだご返答をいただいておりません。**{{answerBy}}** より前にご返答がない場合（{{answerCite}}）、データをお渡しすることはできません。

{{remedies}}

{{closing}}`,
    clarification: `# ご請求 {{requestId}} についてのご質問

{{greeting}}

{{receivedOn}}に、{{right}}のご請求（{{rightCite}}）を受け付けました。ご希望に沿って回答するため、次の点をお知らせください。

{{question}}

遅くとも **{{answerBy}}** までに回答いたします（{{answerCite}}）。法律上、ご返答まで期間が進まない場合は、その日数だけ延びます。

{{remedies}}

{{closing}}`,
    extension: `# ご請求 {{requestId}} の回答期限の延長

{{greeting}}

{{receivedOn}}に受け付けた{{right}}のご請求について、{{formerAnswerBy}}までに回答することができません。理由は次のとおりです：{{reason}}。

そのため、法律で認められた延長を行い、遅くとも **{{answerBy}}** までに回答いたします（{{extensionCite}}）。

{{remedies}}

{{closing}}`,
    refusal: `# ご請求 {{requestId}} に応じることができません

{{greeting}}

{{receivedOn}}に、{{law}}に基づく{{right}}のご請求を受け付けました。ご本人からのご請求であることを確認できなかったため、応じることができません（{{refusalCites}}）。

本状は、当社がその方に関するデータを保有しているかどうかについて、何も示すものではありません。

ご本人であることを確認できるものを添えて、いつでも改めてご請求いただけます。

{{#appeal}}この決定に対して、当社に不服を申し立てることができます。理由を添えて本状にご返信ください。法律の定める期間内に回答いたします。{{/appeal}}

{{remedies}}

{{closing}}`,
    delivery: `# ご請求 {{requestId}} への回答

{{greeting}}

{{receivedOn}}にいただいた{{right}}のご請求に対する、{{law}}（{{rightCite}}）に基づく回答です。{{#files}}{{files}} 個のファイルを含む{{/files}}アーカイブをお渡しします。その中の index.html を開くと、どこで何が見つかり、どのように調べたかをご覧いただけます。

{{#gaps}}一部が欠けています。アーカイブにも記載しています。

{{gaps}}{{/gaps}}

{{#deleteBy}}アーカイブは{{deleteBy}}まで保管し、その後削除します。{{/deleteBy}}

{{remedies}}

{{closing}}`,
    supplement: `# 追加のデータ：ご請求 {{requestId}}、追補 {{number}}

{{greeting}}

{{right}}のご請求（{{rightCite}}）への回答の後に、追加のデータが届きました。別のアーカイブ（追補 {{number}}）に収めています。

{{#deleteBy}}{{deleteBy}}まで保管し、その後削除します。{{/deleteBy}}

{{remedies}}

{{closing}}`,
    withdrawal: `# ご請求 {{requestId}} は終了しました

{{greeting}}

{{receivedOn}}の{{right}}のご請求（{{rightCite}}）は取り下げられました。そのために集めたファイルは削除しました。いつでも改めてご請求いただけます。

{{remedies}}

{{closing}}`,
  },
  rights: { access: '個人データの開示', portability: '個人データの移転' },
  laws: {
    appi: '個人情報の保護に関する法律',
    gdpr: 'EU一般データ保護規則（GDPR）',
    'uk-gdpr': '英国一般データ保護規則（UK GDPR）',
    ccpa: 'カリフォルニア州消費者プライバシー法',
    fadp: 'スイス連邦データ保護法',
    lgpd: 'ブラジル個人情報保護法',
    'pipa-kr': '韓国個人情報保護法',
    'pdpa-sg': 'シンガポール個人情報保護法',
  },
  citations: {
    write: byAct({
      GDPR: named('GDPR'),
      'UK GDPR': named('UK GDPR'),
      'Reg. (EEC, Euratom) 1182/71': named('理事会規則（EEC, Euratom）1182/71'),
      APPI: named('個人情報保護法'),
      'Civil Code': named('民法'),
    }),
    numberedUntil,
    between: '、',
  },
  reasons: { complexity: 'ご請求が複雑であること', number: 'ご請求の件数が多いこと' },
  gaps: {
    overdue: '期限までに回答がありませんでした',
    denied: 'アクセスが認められませんでした',
    rejected: '照会が受け付けられませんでした',
    unreadable: '読み取れない形式で回答されました',
    refused: '回答が拒否されました',
    skipped: '対象から外しました。理由はお問い合わせください',
    'not-reviewed': 'ほかの方のデータが含まれていないか、期限までに確認できませんでした',
    'not-declared': '調査していません',
    withheld: 'アーカイブに記載した理由により、お渡ししないファイルがあります',
    'unmapped-source': '管理者が不明なデータ源です',
    restricted: 'お渡しできないデータが含まれています',
    'ambiguous-rows': 'ほかの方に関する可能性のある記録が含まれています',
    unavailable: '接続できませんでした',
  },
  notes: {
    'Private bodies answer to the authority of their Land; the BfDI lists all of them.':
      '民間の事業者は各州の監督機関が管轄します。一覧はBfDIのサイトにあります',
    'Complain to the controller first (DPA 2018 s 164A).':
      'まず管理者に苦情を申し立ててください（DPA 2018 s 164A）',
    'Within six months of the refusal or of the end of the time limit (s 11(3)).':
      '拒否または期限の満了から6か月以内（s 11(3)）',
    'Complain to the entity first.': 'まず当該組織に苦情を申し立ててください',
    'Application for examination of a disagreement, within 30 days.':
      '意見の相違に関する審査の申立て、30日以内',
  },
  company: '個人情報保護担当',
};
