import { drawInteger, type RandomSource } from "clientele";

const givenNames = [
  ...["Adi", "Agus", "Ahmad", "Andi", "Arif", "Bambang", "Bayu", "Budi", "Dedi", "Dimas", "Eko", "Fajar"],
  ...["Galih", "Hadi", "Hendra", "Indra", "Irfan", "Joko", "Rizky", "Slamet", "Taufik", "Wahyu", "Yusuf"],
  ...["Ani", "Ayu", "Citra", "Dewi", "Dian", "Eka", "Fitri", "Indah", "Kartika", "Lestari", "Maya", "Mega"],
  ...["Nisa", "Nur", "Putri", "Rahma", "Ratna", "Rina", "Sari", "Siti", "Sri", "Tuti", "Wati", "Wulan"],
];

const familyNames = [
  ...["Anggraini", "Firmansyah", "Gunawan", "Halim", "Handayani", "Hidayat", "Kurniawan", "Kusuma"],
  ...["Lubis", "Maharani", "Nasution", "Nugroho", "Permata", "Prasetyo", "Pratama", "Purnama", "Rahayu"],
  ...["Ramadhan", "Saputra", "Setiawan", "Siregar", "Suryadi", "Susanto", "Utami", "Wibowo", "Wijaya"],
];

const businesses = ["Warung", "Toko", "Kios", "Rumah Makan", "Kantin", "Koperasi", "CV"];

/** A name as on an Indonesian membership card; some people have one name only. */
export function drawPersonName(random: RandomSource): string {
  const given = pick(random, givenNames);
  return random() < 0.12 ? given : `${given} ${pick(random, familyNames)}`;
}

/** A food stall, a kiosk, a cooperative, named after its owner. */
export function drawOrganizationName(random: RandomSource): string {
  return `${pick(random, businesses)} ${pick(random, givenNames)} ${pick(random, familyNames)}`;
}

function pick(random: RandomSource, names: readonly string[]): string {
  return names[drawInteger(random, 0, names.length - 1)] ?? "";
}
