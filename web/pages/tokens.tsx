import { useState } from 'preact/hooks';
import { usePage } from '../frame/page.ts';
import { Badge, Button, Empty, Glyph, Section, Table, TitleBlock } from '../parts/index.ts';
import { useResource } from '../resource.ts';
import { goQuery, query } from '../router.ts';
import { actorOf } from '../sentences.ts';
import { may } from '../session.ts';
import { calmNow } from '../time.ts';
import { tell } from '../toasts.ts';
import type { TokensReply, TokenView } from '../wire.ts';
import { agoOf, durationOf, openingCountOf, whenOf } from '../words.ts';
import { FormDialog } from './shared/dialog.tsx';
import { reachOf } from './shared/power.ts';
import { useSending } from './shared/send.ts';
import { Shown } from './shared/shown.tsx';
import { touchesTokens } from './shared/touched.ts';
import { CreateToken } from './tokens/create-token.tsx';

const soonMs = 14 * 86_400_000;

/** API tokens: how programs come in. */
export function TokensPage() {
  usePage({ text: 'Bridge', href: '/' }, { text: 'Tokens' });
  const tokens = useResource<TokensReply>('/api/v1/tokens', touchesTokens);
  const isCreating = query.value.get('new') === 'yes' && may('tokens.manage');
  const close = (): void => goQuery({ new: null });
  return (
    <>
      <Shown resource={tokens} what="Tokens">
        {({ tokens: all }) => <Tokens all={all} />}
      </Shown>
      {isCreating ? <CreateToken onClose={close} onMade={tokens.reload} /> : null}
    </>
  );
}

/** The server knows the names of people and tokens; what the program itself is called is ours to say. */
const makerOf = ({ createdBy, createdByName }: TokenView): string =>
  actorOf(createdBy, { person: () => createdByName, token: () => createdByName });

const isLive = ({ revokedAt, expiresAt }: TokenView): boolean => revokedAt === null && expiresAt > calmNow.value;

const NewButton = () =>
  may('tokens.manage') ? (
    <Button kind="primary" onPress={() => goQuery({ new: 'yes' }, {})}>
      Create a token
    </Button>
  ) : null;

function Tokens({ all }: { all: readonly TokenView[] }) {
  const [revoking, setRevoking] = useState<TokenView | null>(null);
  const live = all.filter(isLive);
  const dead = all.filter((token) => !isLive(token));
  return (
    <>
      <TitleBlock
        title={live.length === 0 ? 'No program may come in' : `${openingCountOf(live.length, 'program')} may come in`}
        actions={live.length === 0 ? undefined : <NewButton />}
      >
        A token stands for a program: CI, a script, a chart elsewhere. It holds no more than whoever made it, and it
        always ends.
      </TitleBlock>
      {live.length === 0 ? (
        <Section name="In use">
          <Empty title="No token yet" actions={<NewButton />}>
            CI applies definitions with one, and so does the command line on another machine. The secret is shown once;
            what is kept is only its fingerprint.
          </Empty>
        </Section>
      ) : (
        <Section name="In use" note="last use is noted at most once a minute">
          <TokenTable label="Tokens in use" rows={live} onRevoke={setRevoking} />
        </Section>
      )}
      {dead.length === 0 ? null : (
        <Section name="Ended" note="kept in this list for 30 days, in the journal for good">
          <TokenTable label="Tokens that ended" rows={dead} />
        </Section>
      )}
      {revoking === null ? null : <Revoke token={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}

function TokenTable({
  label,
  rows,
  onRevoke,
}: {
  label: string;
  rows: readonly TokenView[];
  onRevoke?: (token: TokenView) => void;
}) {
  const now = calmNow.value;
  const canRevoke = onRevoke !== undefined && may('tokens.manage');
  return (
    <Table
      label={label}
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          key: 'title',
          head: 'Token',
          cell: ({ title, prefix }) => (
            <>
              <b>{title}</b> <code class="dim">{prefix}…</code>
            </>
          ),
        },
        { key: 'role', head: 'May', cell: ({ role, scope }) => `${role} over ${reachOf(scope)}` },
        {
          key: 'by',
          head: 'Made by',
          cell: (token) => `${makerOf(token)}, ${agoOf(token.createdAt, now)}`,
        },
        {
          key: 'used',
          head: 'Last use',
          cell: ({ lastUsedAt }) => (lastUsedAt === null ? <span class="dim">never</span> : agoOf(lastUsedAt, now)),
        },
        { key: 'ends', head: 'Ends', cell: (token) => <End {...token} /> },
        ...(canRevoke
          ? [
              {
                key: 'revoke',
                head: 'Revoke',
                hideHead: true,
                align: 'right' as const,
                cell: (token: TokenView) => (
                  <Button size="small" onPress={() => onRevoke(token)}>
                    Revoke<span class="vh"> {token.title}</span>
                  </Button>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

function End({ expiresAt, revokedAt }: TokenView) {
  const now = calmNow.value;
  if (revokedAt !== null) return <>revoked {agoOf(revokedAt, now)}</>;
  if (expiresAt <= now) return <>expired {agoOf(expiresAt, now)}</>;
  const left = `in ${durationOf(expiresAt - now)}`;
  return expiresAt - now > soonMs ? (
    <span title={whenOf(expiresAt, now)}>{left}</span>
  ) : (
    <Badge kind="watch">
      <Glyph name="watch" />
      {left}
    </Badge>
  );
}

function Revoke({ token, onClose }: { token: TokenView; onClose: () => void }) {
  const { isBusy, problem, send } = useSending();
  const revoke = async (): Promise<void> => {
    if ((await send('DELETE', `/api/v1/tokens/${token.id}`)) === null) return;
    tell(`Token ${token.title} revoked`);
    onClose();
  };
  return (
    <FormDialog
      title={`Revoke ${token.title}?`}
      action={`Revoke ${token.title}`}
      danger
      isBusy={isBusy}
      problem={problem}
      onSend={() => void revoke()}
      onClose={onClose}
    >
      <p>
        The program that uses it is refused from now on, and so is every token it has made.{' '}
        {token.lastUsedAt === null
          ? 'It has never been used.'
          : `It was last used ${agoOf(token.lastUsedAt, calmNow.value)}.`}{' '}
        There is no undo: make a new one instead.
      </p>
    </FormDialog>
  );
}
