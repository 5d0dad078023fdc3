import { Command } from '../../parts/index.ts';

/** Writes a first team and a first service, and applies them. Names are to be changed; what it makes is real. */
const firstDefinition = `mkdir -p ops/catalog && cat > ops/catalog/first.yaml <<'YAML' && npx plimsoll apply ops
apiVersion: plimsoll/v1
kind: Team
metadata: { name: harbour, title: Harbour }
spec: { chat: "#harbour" }
---
apiVersion: plimsoll/v1
kind: Service
metadata: { name: checkout, title: Checkout }
spec:
  owner: harbour
  tier: 1
  description: Takes a basket to a paid order.
YAML`;

/** The one command that makes the first service. */
export const FirstDefinition = () => (
  <div class="first-definition">
    <Command label="Declares a first team and a first service" text={firstDefinition} />
  </div>
);
