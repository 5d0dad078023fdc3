import { Button, Toast, Toasts } from '../parts/index.ts';
import { dismiss, notices } from '../toasts.ts';

/** The corner where the console says what has just been done. */
export function Corner() {
  return (
    <div class="corner">
      <Toasts>
        {notices.value.map(({ id, glyph, text, isAlarm }) => (
          <Toast
            key={id}
            glyph={glyph}
            alarm={isAlarm}
            action={<Button size="small" kind="quiet" glyph="close" label="Close" onPress={() => dismiss(id)} />}
          >
            {text}
          </Toast>
        ))}
      </Toasts>
    </div>
  );
}
