export { cleanToLength } from "./clean-to-length.ts";
export type { CutPlace } from "./clean-to-length.ts";
export { ownCopy } from "./own-copy.ts";
export { cleanControls, cleanText, trimText } from "./clean.ts";
export { TRUNCATION_MARK, truncateBytes, truncateCodePoints, truncateMiddle, utf8Length } from "./truncate.ts";
