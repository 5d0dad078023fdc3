import { type Millis, minute, second } from '../kernel/time.ts';
import type { Clock } from '../platform/edge/clock.ts';

/** Work with a deadline that is read from state. A crash loses nothing: the next start finds it due. */
export interface Task {
  readonly name: string;
  /** When it is to run next, by the wall clock; null while there is nothing to do. In the past means now. */
  dueAt(now: Millis): Millis | null;
  /** Does what is due; running it twice does nothing twice. */
  run(now: Millis): Promise<void>;
}

export interface SchedulerOptions {
  readonly clock: Clock;
  readonly tasks: readonly Task[];
  /** Told of each failure; the task is tried again after a pause. */
  readonly onFailure: (task: string, failure: unknown) => void;
}

export interface Scheduler {
  /** Looks at the deadlines again: state has changed. */
  wake(): void;
  /** Starts nothing more, and resolves when what is running has ended. */
  stop(): Promise<void>;
}

/** Between two looks at the deadlines at the most, so that a wall clock that was set forward is noticed. */
const lookMsMax: Millis = minute;
/** Between two looks at the least after a run, so that a task that stays due cannot spin. */
const pauseMs: Millis = second;

/** One timer for all tasks: it wakes for the earliest deadline. */
export function startScheduler({ clock, tasks, onFailure }: SchedulerOptions): Scheduler {
  let stopped = false;
  let cancel: () => void = () => {};
  let running: Promise<void> | null = null;

  const dueAtOf = (task: Task, now: Millis): Millis | null => {
    try {
      return task.dueAt(now);
    } catch (failure) {
      onFailure(task.name, failure);
      return null;
    }
  };

  const runDue = async (): Promise<void> => {
    const now = clock.now();
    for (const task of tasks) {
      const dueAt = dueAtOf(task, now);
      if (stopped || dueAt === null || dueAt > now) continue;
      await task.run(now).catch((failure: unknown) => onFailure(task.name, failure));
    }
  };

  const look = (): void => {
    running ??= runDue().finally(() => {
      running = null;
      if (!stopped) sleepUntilDue(pauseMs);
    });
  };

  const sleepUntilDue = (leastMs: Millis): void => {
    cancel();
    const now = clock.now();
    const delays = tasks.map((task) => (dueAtOf(task, now) ?? now + lookMsMax) - now);
    cancel = clock.after(Math.max(leastMs, Math.min(lookMsMax, ...delays)), look);
  };

  sleepUntilDue(0);
  return {
    wake: () => {
      if (!stopped && running === null) sleepUntilDue(0);
    },
    stop: async () => {
      stopped = true;
      cancel();
      await running;
    },
  };
}
