// CEF Implementation Standard, extension dictionary (CEF 1.2): the greatest length of each key that has one, in characters.
const KEYS_BY_LENGTH: readonly (readonly [length: number, keys: string])[] = [
  [31, "app proto av"],
  [32, "threatAttackID"],
  [40, "externalId threatActor aid"],
  [63, "act outcome at"],
  [64, "reportedResourceName reportedResourceType"],
  [100, "dvchost"],
  [
    128,
    "deviceInboundInterface deviceOutboundInterface devicePayloadId flexDate1Label flexString1Label flexString2Label reportedResourceGroupName",
  ],
  [
    200,
    "agentTranslatedZoneExternalID agentZoneExternalID customerExternalID destinationTranslatedZoneExternalID destinationZoneExternalID deviceTranslatedZoneExternalID deviceZoneExternalID sourceTranslatedZoneExternalID sourceZoneExternalID",
  ],
  [
    255,
    "destinationDnsDomain deviceDnsDomain deviceExternalId deviceNtDomain dntdom dtz fileHash oldFileHash sntdom sourceDnsDomain agentDnsDomain agentNtDomain atz",
  ],
  [256, "reportedResourceID frameworkName"],
  [
    1023,
    "c6a1Label c6a3Label c6a4Label cat cfp1Label cfp2Label cfp3Label cfp4Label cn1Label cn2Label cn3Label cs1Label cs2Label cs3Label cs4Label cs5Label cs6Label destinationServiceName deviceCustomDate1Label deviceCustomDate2Label deviceFacility deviceProcessName dhost dpriv dproc duid duser fileId filePath filePermission fileType flexString1 flexString2 fname msg oldFileId oldFileName oldFilePath oldFilePermission oldFileType reason request requestClientApplication requestCookies requestMethod shost sourceServiceName spriv sproc suid suser ahost",
  ],
  [
    2048,
    "requestContext agentTranslatedZoneURI agentZoneURI customerURI destinationTranslatedZoneURI destinationZoneURI deviceTranslatedZoneURI deviceZoneURI sourceTranslatedZoneURI sourceZoneURI",
  ],
  [4000, "cs1 cs2 cs3 cs4 cs5 cs6 rawEvent"],
];

const lengths: ReadonlyMap<string, number> = new Map(
  KEYS_BY_LENGTH.flatMap(([length, keys]) => keys.split(" ").map((key) => [key, length] as const)),
);

/** The greatest length of an extension value in characters, by the CEF dictionary. Infinity for a key without one. */
export function maxLengthOf(key: string): number {
  return lengths.get(key) ?? Infinity;
}
