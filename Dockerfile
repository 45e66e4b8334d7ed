# Letterwatch in a container: built in one stage, run in another that holds nothing to build with.
#   docker build -t letterwatch .
#   docker run --rm letterwatch demo --exit
# docs/how-to/docker.md has the rest; compose.yaml runs it with PostgreSQL.
# The base is named by its tag, for Debian's mends; what that leaves is said in docs/security.md.
FROM python:3.13-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
COPY pyproject.toml requirements.lock README.md ./
COPY letterwatch letterwatch
COPY notifier notifier
COPY scraper scraper
COPY state state
# Every package as it is locked, by its hash; then ours, with the locked tools; then nothing that installs.
RUN python -m venv /opt/letterwatch \
 && /opt/letterwatch/bin/pip install --require-hashes -r requirements.lock \
 && /opt/letterwatch/bin/pip install --no-deps --no-build-isolation . \
 && /opt/letterwatch/bin/pip uninstall --yes setuptools pip

FROM python:3.13-slim-bookworm
RUN groupadd --gid 10001 letterwatch \
 && useradd --uid 10001 --gid letterwatch --home-dir /var/lib/letterwatch --create-home \
      --shell /usr/sbin/nologin letterwatch
COPY --from=build /opt/letterwatch /opt/letterwatch
ENV PATH=/opt/letterwatch/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    LETTERWATCH_CONFIG=/etc/letterwatch/letterwatch.toml
USER 10001:10001
# SQLite and the archive lie in data/ here, where the configuration does not say otherwise.
WORKDIR /var/lib/letterwatch
VOLUME /var/lib/letterwatch
EXPOSE 8600
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=30s --start-period=90s --retries=3 CMD ["letterwatch", "health"]
ENTRYPOINT ["letterwatch"]
CMD ["run"]
