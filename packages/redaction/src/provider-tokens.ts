/** How the tokens of one provider look: a prefix, and what follows it. */
export interface ProviderToken {
  readonly provider: string;
  /** Literal alternatives as a pattern without unbounded quantifiers. */
  readonly prefix: string;
  /** Characters after the prefix, as a class. */
  readonly characters: string;
  /** Fewest characters after the prefix. */
  readonly least: number;
  /** Most of them, where the length is fixed: a longer run is something else. */
  readonly most?: number;
  /** Whether a digit or a capital letter must be among them, because the prefix alone is found in words. */
  readonly mixed?: boolean;
  /** Whether the prefix is no part of the secret. */
  readonly keepsPrefix?: boolean;
}

const WORD = "A-Za-z0-9_";
const URL_SAFE = "A-Za-z0-9_-";
const DOTTED = "A-Za-z0-9_.-";
const PLAIN = "A-Za-z0-9";

/**
 * Prefixes as the providers document them or as their own scanners look for them. ClawMetry's are `cm_` (node key),
 * `cmk_<id>_` (read key), `claw_` and `evk_` (connector keys).
 */
export const providerTokens: readonly ProviderToken[] = [
  { provider: "anthropic", prefix: "sk-ant-", characters: URL_SAFE, least: 12 },
  { provider: "openai", prefix: "sk-(?:proj|svcacct|admin|None|or|lf|litellm)-", characters: URL_SAFE, least: 16 },
  { provider: "openai", prefix: "sk-", characters: PLAIN, least: 16, mixed: true },
  { provider: "aws", prefix: "(?:AKIA|ASIA|ABIA|ACCA)", characters: "A-Z0-9", least: 16, most: 16 },
  { provider: "aws", prefix: "ABSK", characters: "A-Za-z0-9+/=", least: 40 },
  { provider: "google", prefix: "AIza", characters: URL_SAFE, least: 30 },
  { provider: "google", prefix: "ya29\\.", characters: DOTTED, least: 20 },
  { provider: "google", prefix: "GOCSPX-", characters: URL_SAFE, least: 20 },
  { provider: "google", prefix: "1//0", characters: URL_SAFE, least: 30 },
  { provider: "github", prefix: "gh[pousr]_", characters: WORD, least: 20 },
  { provider: "github", prefix: "github_pat_", characters: WORD, least: 20 },
  {
    provider: "gitlab",
    prefix: "gl(?:pat|oas|dt|rt|rtr|cbt|ptt|ft|imt|agent|soat|ffct|wt)-",
    characters: DOTTED,
    least: 16,
    mixed: true,
  },
  { provider: "slack", prefix: "xox[abcdeoprs]-", characters: URL_SAFE, least: 10 },
  { provider: "slack", prefix: "xoxe\\.", characters: DOTTED, least: 10 },
  { provider: "slack", prefix: "(?:xapp|xwfp)-", characters: URL_SAFE, least: 10, mixed: true },
  {
    provider: "slack",
    prefix: "hooks\\.slack\\.com/(?:services|workflows|triggers)/",
    characters: "A-Za-z0-9/_-",
    least: 20,
    keepsPrefix: true,
  },
  { provider: "stripe", prefix: "[sr]k_(?:live|test)_", characters: WORD, least: 10 },
  { provider: "stripe", prefix: "whsec_", characters: "A-Za-z0-9+/=_-", least: 16 },
  { provider: "npm", prefix: "npm_", characters: PLAIN, least: 30 },
  { provider: "clawmetry", prefix: "cmk_[0-9a-f]{4,16}_", characters: URL_SAFE, least: 16 },
  { provider: "clawmetry", prefix: "(?:cm|claw|evk)_", characters: PLAIN, least: 16, mixed: true },
  { provider: "huggingface", prefix: "hf_", characters: PLAIN, least: 30 },
  { provider: "groq", prefix: "gsk_", characters: PLAIN, least: 30 },
  { provider: "xai", prefix: "xai-", characters: URL_SAFE, least: 40 },
  { provider: "perplexity", prefix: "pplx-", characters: PLAIN, least: 30 },
  { provider: "replicate", prefix: "r8_", characters: PLAIN, least: 30 },
  { provider: "sendgrid", prefix: "SG\\.", characters: DOTTED, least: 40, mixed: true },
  { provider: "pypi", prefix: "pypi-AgE", characters: URL_SAFE, least: 30 },
  { provider: "docker", prefix: "dckr_(?:pat|oat)_", characters: URL_SAFE, least: 16 },
  { provider: "digitalocean", prefix: "do[opr]_v1_", characters: "a-f0-9", least: 40 },
  { provider: "shopify", prefix: "shp(?:at|ca|pa|ss)_", characters: PLAIN, least: 20 },
  { provider: "vault", prefix: "hv[sbr]\\.", characters: DOTTED, least: 20 },
  { provider: "databricks", prefix: "dapi", characters: "a-f0-9", least: 32, most: 32 },
  { provider: "grafana", prefix: "gl(?:sa|c)_", characters: "A-Za-z0-9+/=_-", least: 30 },
  { provider: "linear", prefix: "lin_(?:api|oauth)_", characters: PLAIN, least: 30 },
  { provider: "notion", prefix: "ntn_", characters: PLAIN, least: 30 },
  { provider: "supabase", prefix: "sb(?:p|_secret)_", characters: URL_SAFE, least: 20, mixed: true },
  { provider: "tailscale", prefix: "tskey-", characters: URL_SAFE, least: 16, mixed: true },
  { provider: "atlassian", prefix: "ATATT3", characters: "A-Za-z0-9_=-", least: 40 },
  { provider: "age", prefix: "AGE-SECRET-KEY-1", characters: "A-Z0-9", least: 40 },
  { provider: "telegram", prefix: "[0-9]{8,10}:AA", characters: URL_SAFE, least: 32, most: 34 },
];
