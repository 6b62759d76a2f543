# The server and the command line. What it runs as is said by the environment: see docs/configuration.md and docs/deployment.md.
# The same image serves every role. Node's version is the same in all stages: compiled code is kept for it.
ARG NODE=node:22-bookworm-slim

FROM ${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM ${NODE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force

FROM ${NODE}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 DATA_DIR=/data
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist/run ./dist/run
COPY --from=build /app/schemas ./schemas
COPY package.json LICENSE ./
COPY apps/cli/bin ./apps/cli/bin
RUN ln -s /app/apps/cli/bin/caseledger.mjs /usr/local/bin/caseledger \
  && install -d -o node -g node -m 0700 /data /secrets
USER node
VOLUME ["/data"]
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/run/apps/server/src/main.js"]
