# syntax=docker/dockerfile:1
# The service in a container: docs/deployment.md says how to run it.
# Pin the base by its digest where builds must be the same: --build-arg NODE=node:22-bookworm-slim@sha256:…
ARG NODE=node:22-bookworm-slim

FROM ${NODE} AS build
# for better-sqlite3, where no built one can be fetched
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates g++ make python3 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build \
 && npm prune --omit=dev --no-audit --no-fund

FROM ${NODE}
LABEL org.opencontainers.image.title="Fieldmark" \
      org.opencontainers.image.description="Passive OT network visibility" \
      org.opencontainers.image.licenses="Apache-2.0"
# tcpdump alone may open packet sockets; it never gets another privilege, and nothing else gets this one
RUN apt-get update \
 && apt-get install -y --no-install-recommends libcap2-bin tcpdump \
 && setcap cap_net_raw+ep "$(command -v tcpdump)" \
 && apt-get purge -y --auto-remove libcap2-bin \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 fieldmark \
 && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin fieldmark \
 && install -d -o fieldmark -g fieldmark -m 0700 /data
WORKDIR /app
COPY --from=build /src/package.json /src/LICENSE /src/deploy/healthcheck.mjs ./
COPY --from=build /src/node_modules ./node_modules
COPY --from=build /src/dist ./dist
ENV NODE_ENV=production \
    FIELDMARK_DB=/data/fieldmark.db
VOLUME /data
EXPOSE 8470
USER 10001:10001
# an answer says that the service lives; /readyz also whether it can write and listens
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "/app/healthcheck.mjs"]
ENTRYPOINT ["node", "/app/dist/api/main.js"]
CMD ["serve"]
