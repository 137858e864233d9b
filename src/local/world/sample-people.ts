/** Somebody who does not exist. */
export interface Person {
  readonly name: string;
  readonly email: string;
}

const firstNames = [
  ...'Alice Bob Chen Dana Emeka Fatima Georg Hana Ivan Jasmin Kofi Lena Mateo Nadia Olaf Priya'.split(' '),
  ...'Quentin Rosa Samir Tara Umar Vera Wei Ximena Yuki Zoe Ana Boris Chloe Diego Elif'.split(' '),
];
const lastNames = [
  ...'Almeida Berg Costa Dubois Eriksen Fischer Garcia Haddad Ito Jensen Kowalski Lopez'.split(' '),
  ...'Moreau Nguyen Okafor Petrov Quispe Rossi Silva Tanaka Ueda Vogel Weber Xu Yilmaz'.split(' '),
  ...'Zimmermann Adeyemi Bianchi Castillo Das Eklund Ferrari Gupta Hansen Ibrahim Joshi Kaya'.split(' '),
];

/** The person of that index, from 0, each with a name of their own up to 1,147 and an address of their own for ever. */
export function personAt(index: number): Person {
  const first = firstNames[index % firstNames.length] ?? 'Alice';
  const last = lastNames[index % lastNames.length] ?? 'Almeida';
  const round = Math.floor(index / (firstNames.length * lastNames.length));
  const mailbox = [first, last, ...(round > 0 ? [round] : [])].join('.').toLowerCase();
  return { name: `${first} ${last}`, email: `${mailbox}@example.com` };
}
