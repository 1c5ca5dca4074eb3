# The worker and the command line. `docker build -t dossier .`
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY packages/law/package.json packages/law/
COPY packages/simulator/package.json packages/simulator/
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

# What a worker runs on: no simulator, so no PostgreSQL and no certificates for tests, and native code for this platform alone.
FROM node:22-bookworm-slim AS modules
WORKDIR /app
COPY package.json package-lock.json ./
COPY packages/law/package.json packages/law/
COPY scripts/prune-native.mjs scripts/
RUN npm ci --ignore-scripts --omit=dev --workspace packages/law --include-workspace-root && node scripts/prune-native.mjs node_modules

FROM node:22-bookworm-slim
# Temporal Cloud's certificate is checked against the system's authorities, and the slim image has none.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/* \
  && mkdir /data && chown node:node /data
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE ./
COPY --from=build /app/bin ./bin
COPY --from=build /app/samples ./samples
COPY --from=modules /app/node_modules ./node_modules
COPY --from=build /app/packages/law/package.json ./packages/law/
COPY --from=build /app/packages/law/dist/src ./packages/law/dist/src
COPY --from=build /app/packages/law/dist/data ./packages/law/dist/data
COPY --from=build /app/dist/src ./dist/src
COPY --from=build /app/dist/cli ./dist/cli
COPY --from=build /app/dist/workflow-bundle.js ./dist/
ENV NODE_ENV=production
USER node
VOLUME /data
ENTRYPOINT ["node", "/app/bin/dossier.js"]
CMD ["worker"]
