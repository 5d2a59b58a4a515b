const CONNECTOR_HEALTH = 8002;

/** Whether the signature is one of the model family (3xxx). */
export function isModelSignature(id: number): boolean {
  return id >= 3000 && id < 4000;
}

/** Whether the signature is one of the threat family (6xxx). */
export function isThreatSignature(id: number): boolean {
  return id >= 6000 && id < 7000;
}

/** Whether the signature is one whose events name a channel: messages (2xxx) and Connector Health. */
export function isChannelSignature(id: number): boolean {
  return (id >= 2000 && id < 3000) || id === CONNECTOR_HEALTH;
}
