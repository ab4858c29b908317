import { openDB, type IDBPDatabase } from 'idb';

/** Whose draft it is: drafts of one person in two units never meet. */
export interface Owner {
  tenant: string;
  person: string;
}

export interface LocalDraft<T> {
  value: T;
  /** The server's version it is based on; 0 for something new. */
  base: number;
  savedAt: number;
}

interface Row extends LocalDraft<unknown> {
  key: string;
  person: string;
}

const STORE = 'drafts';
const PUBLIC = 'shangda-public-computer';
let opened: Promise<IDBPDatabase> | undefined;

function database(): Promise<IDBPDatabase> {
  opened ??= openDB('shangda', 1, {
    upgrade: (db) => {
      db.createObjectStore(STORE, { keyPath: 'key' }).createIndex('person', 'person');
    },
  });
  return opened;
}

const keyOf = (owner: Owner, subject: string) => `${owner.tenant}/${owner.person}/${subject}`;

/** 公用电脑: nothing is kept on this machine. */
export function onPublicComputer(): boolean {
  return localStorage.getItem(PUBLIC) === '1';
}

export async function setPublicComputer(on: boolean): Promise<void> {
  if (!on) return localStorage.removeItem(PUBLIC);
  localStorage.setItem(PUBLIC, '1');
  await (await database()).clear(STORE);
}

/** Keeps a draft on this machine. Tells whether it was kept. */
export async function keepDraft<T>(owner: Owner, subject: string, value: T, base: number): Promise<boolean> {
  if (onPublicComputer()) return false;
  const row: Row = { key: keyOf(owner, subject), person: owner.person, value, base, savedAt: Date.now() };
  await (await database()).put(STORE, row);
  return true;
}

export async function findDraft<T>(owner: Owner, subject: string): Promise<LocalDraft<T> | undefined> {
  const row: Row | undefined = await (await database()).get(STORE, keyOf(owner, subject));
  return row && { value: row.value as T, base: row.base, savedAt: row.savedAt };
}

export async function dropDraft(owner: Owner, subject: string): Promise<void> {
  await (await database()).delete(STORE, keyOf(owner, subject));
}

/** Wipes all drafts of a person from this machine: at logout. */
export async function wipeDrafts(person: string): Promise<void> {
  const db = await database();
  const keys = await db.getAllKeysFromIndex(STORE, 'person', person);
  await Promise.all(keys.map((key) => db.delete(STORE, key)));
}
