# syntax=docker/dockerfile:1

# The dependencies that the processes need. Without the optional ones: PostgreSQL's binaries are for `npm start` alone.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --loglevel=error

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No installed package needs its script to build this.
RUN npm ci --include=dev --ignore-scripts --loglevel=error
COPY .swcrc ./
COPY scripts scripts
COPY apps apps
COPY libs libs
COPY migrations migrations
RUN node scripts/build.mjs

FROM node:24-bookworm-slim
ENV NODE_ENV=production POSTBAG_DATA=/data
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
# The commands of package.json, without npm: `postbag migrate`, `postbag token --role caseworker`.
RUN printf '%s\n' '#!/usr/bin/env node' "require('/app/dist/apps/postbag/src/cli.js').main(process.argv.slice(2));" \
      > /usr/local/bin/postbag \
    && chmod 755 /usr/local/bin/postbag \
    && mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000 2525
CMD ["node", "dist/apps/api/src/main.js"]
