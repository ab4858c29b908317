import { forward, review, stands, takeUp } from './desk.mjs';
import { submitOnPhone } from './phone.mjs';

/** A report from its author's phone to the signature of the own unit; the id, and the editor's page with it open. */
export async function signedAtHome(world, { author, editor, tenant, report }) {
  const phone = await world.enter(author, tenant, 'phone');
  const id = await submitOnPhone(phone, tenant, report);
  const desk = await world.enter(editor, tenant);
  await takeUp(desk, id);
  await review(world, desk, tenant, id);
  return { id, phone, desk };
}

/** The same, and on its way to the units named. */
export async function sentUp(world, { to, ...from }) {
  const made = await signedAtHome(world, from);
  await forward(made.desk, to);
  return made;
}

/** Taken up above and signed there without a change. */
export async function signedAbove(world, editor, tenant, id) {
  await takeUp(editor, id);
  await review(world, editor, tenant, id);
  await stands(editor, '已签发');
}
