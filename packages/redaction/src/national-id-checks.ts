/** German Steuer-ID: ISO/IEC 7064 mod 11,10, and one digit of the first ten that comes two or three times. */
export function isSteuerId(digits: string): boolean {
  const counts = Array.from({ length: 10 }, (_, digit) => digits.slice(0, 10).split(String(digit)).length - 1);
  const repeated = counts.filter((count) => count > 1);
  if (repeated.length !== 1 || (repeated[0] ?? 0) > 3) return false;
  let product = 10;
  for (const digit of digits.slice(0, 10)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (2 * sum) % 11;
  }
  return (11 - product) % 10 === Number(digits[10]);
}

/** French NIR: 97 minus the number mod 97; 2A and 2B (Corsica) count as 19 and 18. */
export function isNir(text: string): boolean {
  const digits = text.toUpperCase().replace("2A", "19").replace("2B", "18");
  return 97 - Number(BigInt(digits.slice(0, 13)) % 97n) === Number(digits.slice(13));
}

const DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";

/** Spanish DNI and NIE: the letter is the number mod 23; X, Y and Z at the start count as 0, 1 and 2. */
export function isDni(text: string): boolean {
  const number = text.slice(0, -1).replace(/^[XYZ]/, (letter) => String("XYZ".indexOf(letter)));
  return DNI_LETTERS[Number(number) % 23] === text.at(-1);
}

// Values of the characters at odd places, 0–9 like A–J (Decreto ministeriale 23/12/1976).
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/** Italian codice fiscale: the last letter is the sum of the others mod 26, those at odd places by a table. */
export function isCodiceFiscale(text: string): boolean {
  const upper = text.toUpperCase();
  let sum = 0;
  for (let index = 0; index < 15; index++) {
    const code = upper.charCodeAt(index);
    const value = code <= 0x39 ? code - 0x30 : code - 0x41;
    sum += index % 2 === 0 ? (ODD[value] ?? 0) : value;
  }
  return String.fromCharCode(0x41 + (sum % 26)) === upper[15];
}

/** Dutch BSN: the weighted sum (9, 8, … 2, −1) is a multiple of 11. */
export function isBsn(digits: string): boolean {
  let sum = -Number(digits[8]);
  for (let index = 0; index < 8; index++) sum += (9 - index) * Number(digits[index]);
  return sum !== 0 && sum % 11 === 0;
}

const DIHEDRAL = [
  "0123456789",
  "1234067895",
  "2340178956",
  "3401289567",
  "4012395678",
  "5987604321",
  "6598710432",
  "7659821043",
  "8765932104",
  "9876543210",
];
const PERMUTATIONS = [
  "0123456789",
  "1576283094",
  "5803796142",
  "8916043527",
  "9453126870",
  "4286573901",
  "2793806415",
  "7046913258",
];

/** Indian Aadhaar: Verhoeff's check digit. */
export function isAadhaar(digits: string): boolean {
  let check = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    check = Number(DIHEDRAL[check]?.[Number(PERMUTATIONS[index % 8]?.[digit])]);
  }
  return check === 0;
}

/** Swiss AHV number: the check digit of EAN-13. */
export function isAhv(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < 13; index++) sum += (index % 2 === 0 ? 1 : 3) * Number(digits[index]);
  return sum % 10 === 0;
}

/** Belgian national number: 97 minus the number mod 97, with a 2 before it for people born since 2000. */
export function isRijksregister(digits: string): boolean {
  const check = Number(digits.slice(9));
  const number = Number(digits.slice(0, 9));
  return 97 - (number % 97) === check || 97 - ((2_000_000_000 + number) % 97) === check;
}

/** Brazilian CPF: two check digits mod 11. */
export function isCpf(digits: string): boolean {
  return !/^(.)\1*$/.test(digits) && cpfDigit(digits, 9) && cpfDigit(digits, 10);
}

function cpfDigit(digits: string, place: number): boolean {
  let sum = 0;
  for (let index = 0; index < place; index++) sum += (place + 1 - index) * Number(digits[index]);
  return ((sum * 10) % 11) % 10 === Number(digits[place]);
}

const PESEL_WEIGHTS = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1];

/** Polish PESEL: the weighted sum is a multiple of 10. */
export function isPesel(digits: string): boolean {
  return PESEL_WEIGHTS.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0) % 10 === 0;
}
