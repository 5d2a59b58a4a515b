export { describeReadme } from "./describe-readme.ts";
