# The site in a container; docs/hosting.md says how to run it and how to keep it up to date.
# The base image is named by its tag. Put the digest of the one you have tested after it (@sha256:...), so that
# every build starts from the same.

FROM python:3.11-slim-bookworm AS packages
WORKDIR /packages
COPY requirements.lock ./
# Without pip, which nothing needs at run time; only ready-made packages, each with the hash that we know.
RUN python -m venv --without-pip /venv && \
    pip --python /venv/bin/python install --no-cache-dir --disable-pip-version-check \
        --only-binary :all: --require-hashes --requirement requirements.lock

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="The participation catalogue" \
      org.opencontainers.image.description="An open catalogue of public-participation methods, kept as Markdown files." \
      org.opencontainers.image.licenses="MIT AND CC-BY-4.0"
# What is built from the methods lies in /index, the only place that is written to.
RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /nonexistent catalogue && \
    mkdir /index && \
    chown 10001:10001 /index
COPY --from=packages /venv /venv
WORKDIR /app
# .dockerignore says what comes along.
COPY . .
RUN /venv/bin/python -m compileall -q catalogue
ENV PATH="/venv/bin:$PATH" \
    PYTHONPATH="/app" \
    PYTHONUNBUFFERED="1" \
    PYTHONDONTWRITEBYTECODE="1" \
    CATALOGUE_INDEX_DIR="/index"
# As a number, so that a platform can see that it is not root.
USER 10001:10001
VOLUME ["/index"]
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["python", "-m", "catalogue", "serve", "--production", "--host", "0.0.0.0", "--port", "8000"]
