import { percent } from '../time/range.ts';

export type Sharer = { readonly name: string; readonly count: number };

/**
 * Who bore how much, with the even share as a tick. Listed by the alphabet: never sorted by the figure, never
 * coloured, because it is there to share better and not to blame.
 */
export function Share({ measure, sharers }: { measure: string; sharers: readonly Sharer[] }) {
  const total = sharers.reduce((sum, sharer) => sum + sharer.count, 0);
  const even = sharers.length === 0 ? 0 : total / sharers.length;
  const reach = Math.max(1, ...sharers.map((sharer) => sharer.count)) * 1.25;
  return (
    <table class="fair">
      <thead>
        <tr>
          <th scope="col">
            <span class="vh">Name</span>
          </th>
          <th scope="col">{measure}</th>
          <th scope="col" class="num">
            {total}
          </th>
        </tr>
      </thead>
      <tbody>
        {sharers
          .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
          .map(({ name, count }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <div class="sh1" aria-hidden="true">
                  <u style={{ width: percent(count / reach) }} />
                  <i style={{ left: percent(count / reach) }} />
                  <s style={{ left: percent(even / reach) }} />
                </div>
              </td>
              <td class="num">{count}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
