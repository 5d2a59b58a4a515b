// `npm install` at the root would succeed without a word and leave a second lockfile behind.
if (!/^pnpm\//.test(process.env.npm_config_user_agent ?? "")) {
  console.error("this repository is installed with pnpm: run `npm run setup`, which fetches the pinned version itself");
  process.exit(1);
}
