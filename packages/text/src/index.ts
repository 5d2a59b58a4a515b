export { cleanControls, cleanText, trimText } from "./clean.ts";
export { TRUNCATION_MARK, truncateBytes, truncateCodePoints, truncateMiddle, utf8Length } from "./truncate.ts";
