/** The parts of the console. A page takes its parts from here and brings no look of its own. */
export { Badge, type BadgeKind } from './badge.tsx';
export { Button, ButtonLink, type ButtonProps } from './button.tsx';
export { Segments, type Tab, Tabs } from './choices.tsx';
export { Command, CommandOutput } from './command.tsx';
export { Empty } from './empty.tsx';
export { type ControlProps, Field, Input, type InputProps, Select, TextArea } from './field.tsx';
export { Brand, Glyph } from './glyph.tsx';
export { type GlyphName, glyphNames } from './glyphs.ts';
export { KeyValue, type Pair } from './key-value.tsx';
export * from './load-line/index.ts';
export { Palette, type PaletteGroup, type PaletteOption, type PaletteProps } from './palette.tsx';
export { Section } from './section.tsx';
export { Skeleton } from './skeleton.tsx';
export { type StateName, StateWord, states, type Tone } from './state.tsx';
export { type Column, Table } from './table.tsx';
export { type Moment, Timeline } from './timeline.tsx';
export { FactsRow, type Figure, TitleBlock } from './title.tsx';
export { Toast, Toasts } from './toast.tsx';
