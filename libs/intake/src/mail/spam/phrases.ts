/**
 * Wording of advertising and fraud, in groups; a group counts once. Victims quote such wording in their letters, so
 * all groups together weigh less than the threshold: words alone never quarantine a letter.
 */
export const SPAM_PHRASES: readonly { readonly about: string; readonly weight: number; readonly pattern: RegExp }[] = [
  {
    about: 'being taken off a list',
    weight: 1.5,
    pattern:
      /\b(?:to be (?:removed|taken off)|(?:be|been|get) removed from|remove (?:you|yourself|me)\b|removal (?:instructions|requests?|from)|(?:reply|respond|e-?mail)[^.]{0,60}"?remove"?|opt(?:ed)?[- ]?(?:in|out)\b|no(?:t wish to)? (?:longer )?receiv\w* (?:further|future|any|these|our)|exclude yourself|(?:our|this) mailing[s ]?(?:list)?)/,
  },
  {
    about: 'not being spam',
    weight: 1,
    pattern:
      /\bthis (?:is|e-?mail|message|mailing)[^.]{0,30}\b(?:not|never)\b[^.]{0,30}\b(?:spam|unsolicited)|\bs\.? ?1618\b|title iii|section 301|cannot be considered spam|complies with[^.]{0,60}(?:law|bill|legislation)|one[- ]time (?:mailing|e-?mail|message)|bulk e-?mail|e-?mail (?:addresses|marketing|list)s? (?:for|of|on)/,
  },
  {
    about: 'clicking',
    weight: 0.9,
    pattern:
      /\b(?:click|press) (?:here|below|on the link|the link|this link|to)\b|\bvisit our (?:web ?)?site\b|copy and paste/,
  },
  {
    about: 'a free or guaranteed offer',
    weight: 1.2,
    pattern:
      /\b(?:100% (?:free|satisf|guarant|money)|(?:absolutely|totally|completely) free|free (?:trial|quote|sample|gift|access|consultation|membership|info|report|copy|shipping|bonus|offer|vacation|cell)|money[- ]back|risk[- ]free|no (?:risk|obligation|cost|catch|fees|credit check|experience|hidden|purchase)|satisfaction guaranteed|guaranteed (?:to|results|approval|income)|special (?:offer|promotion|deal)|limited (?:time|offer|supply)|act now|order (?:now|today)|call (?:now|today|toll)|don'?t (?:delay|miss|wait)|offer expires|while supplies|instant(?:ly)? (?:access|approv|download))/,
  },
  {
    about: 'earning money',
    weight: 1.2,
    pattern:
      /\b(?:earn (?:\$|up to|extra|money|thousands|cash)|mak(?:e|ing) (?:\$|money|thousands|\d)|extra (?:income|cash|money)|work (?:from|at) home|home[- ]based|home business|be your own boss|own (?:home )?business|financial (?:freedom|independence|success)|multi[- ]?level|mlm\b|residual income|per (?:week|month|day)!|get (?:rich|paid)|income (?:opportunity|potential)|business opportunit|thousands of dollars|join (?:now|today|us)|passive income|stock (?:pick|alert)|investors?\b[^.]{0,40}(?:alert|opportun))/,
  },
  {
    about: 'loans and debts',
    weight: 1.7,
    pattern:
      /\b(?:mortgage|refinanc\w+|home (?:equity|loan)|(?:lowest|low|best) (?:interest |mortgage )?rates?|debt (?:consolidation|free|relief)|consolidate (?:your )?(?:debt|bills)|(?:bad|good|poor) credit|credit (?:repair|report|rating)|merchant account|accept credit cards|loan (?:approv|offer|quote)|pre-?approved|life insurance|insurance (?:quote|rates)|interest rates? (?:are|as))/,
  },
  {
    about: 'a fortune to be shared',
    weight: 2,
    pattern:
      /\b(?:next of kin|(?:late|deceased) (?:president|husband|father|client|mr)|sum of (?:us|usd|\$|£|€)|(?:million|m) (?:us ?|united states )?dollars|us\$ ?\d|transfer (?:of )?(?:the|this|these|said)? ?(?:funds?|money|sum)|foreign (?:account|partner)|bank of (?:nigeria|africa)|nigeria\w*|barrister|strictest? confiden\w+|utmost (?:confidence|secrecy|good faith)|modalities|inheritance|beneficiary|consignment|lottery (?:winner|promo\w*)|you have won|winning (?:number|notification))/,
  },
  {
    about: 'medicines',
    weight: 1.5,
    pattern:
      /\b(?:v[i1!l]agra|c[i1!]al[i1!]s|levitra|xanax|valium|phentermine|prescription(?:s)? (?:online|drugs|needed)|no prescription|online (?:pharmacy|doctors?)|(?:lose|losing|loss of|reduce) (?:up to )?(?:\d+ )?(?:weight|pounds|lbs|fat)|weight[- ]loss|(?:human )?growth hormone|\bhgh\b|anti-?aging|herbal|wrinkle|enlarge\w*|erection|libido|sexual (?:potency|performance|desire)|burn fat|diet (?:pill|product)|stop smoking)/,
  },
  {
    about: 'pornography',
    weight: 0.8,
    pattern:
      /\b(?:hot(?:test)? (?:girls|teens?|babes|wives|sex)|teen (?:sluts?|sex|girls)|xxx+|porn\w*|hard ?core|live (?:girls|sex|cam)|adult (?:sites?|entertainment|videos?|only)|(?:18|21) (?:years|or older|\+)|naked|nude|horny|sluts?|lesbian|singles? (?:in your|just like)|meet (?:singles|women|hot))/,
  },
  {
    about: 'goods and services for sale',
    weight: 0.6,
    pattern:
      /\b(?:ink ?jet|toner|cartridges|cable (?:tv|box|descrambler)|descrambler|satellite (?:tv|system)|dvd (?:copy|burn)|long distance|cents? (?:a|per) minute|cell ?phones?|wholesale|(?:university|college) (?:diploma|degree)|diplomas?\b|search engines?[^.]{0,30}(?:submi|rank|traffic|list)|rank(?:ing)? (?:high|#?1|first)|first page of google|promote your|advertis(?:e|ing) (?:your|on|with)|casino|gambling|sportsbook|international driver|norton systemworks|anti-?virus software|spy (?:software|on)|investigat\w+ anyone|vacation (?:package|giveaway)|travel (?:package|deal)|replica|rolex|time ?share|promotional (?:products?|items)|cigarettes|poker|domain names?\b[^.]{0,40}(?:available|register|\$))/,
  },
  {
    about: 'prices and payment',
    weight: 0.3,
    pattern:
      /(?:(?:only|just|for|retail|save|value|regularly|price)[^.]{0,15}\$ ?\d|\$\d+[.,]?\d*[^.]{0,20}(?:off|value|each|free|only|week|month)|\d+% (?:off|discount|more|of your)|(?:visa|master ?card)[^.]{0,20}(?:master|visa|amex|american)|money order|check or money|satisfied customers|discount|lowest price|save (?:up to|over|thousands|money|\d))/,
  },
  {
    about: 'an offer to nobody in particular',
    weight: 1.3,
    pattern:
      /\bdear (?:sir ?(?:\/|or|and)? ?madam|friend|e-?mail (?:user|owner)|customer|home ?owner|(?:future )?(?:subscriber|investor|entrepreneur)|business (?:owner|partner|friend))|for (?:the|your) kind attention|business (?:proposal|relationship)|this letter (?:may|will|might) (?:come|surprise)|(?:i|we) (?:got|obtained|found) your (?:contact|e-?mail|address|name)/,
  },
  {
    about: 'an account to be confirmed',
    weight: 1.8,
    pattern:
      /\b(?:(?:verify|confirm|validate|re-?activate|update) your (?:account|mailbox|e-?mail|identity|password|billing|wallet)|(?:account|mailbox) (?:has been|will be|is) (?:suspended|limited|deactivated|closed|blocked|terminated)|(?:mailbox|storage) (?:quota|limit|is (?:almost )?full)[^.]{0,60}(?:click|upgrade|verify)|unusual (?:sign-?in|activity)[^.]{0,80}(?:click|verify|confirm)|seed phrase|bitcoin (?:wallet|address)|gift ?cards?\b[^.]{0,40}(?:code|scratch|photo))/,
  },
];
