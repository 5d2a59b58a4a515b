import { cleanText, truncateBytes } from "@clawmetry/siem-text";

const typed = "\u001b[31mdeploy\u0000 now\r\n<134>1 - dc01 sshd - - - forged\u202e ";

console.log(JSON.stringify(cleanText(typed)));
console.log(cleanText("see CEF:0|Evil|x|1|1|x|10|"));
console.log(truncateBytes("żółć żółć", 9));

// prints:
// "␛[31mdeploy␀ now\n<134>1 - dc01 sshd - - - forged�"
// see CEF[:]0|Evil|x|1|1|x|10|
// żół…
