# Two stages: what is needed to install stays behind in the first.
FROM python:3.13-slim AS build
WORKDIR /build
COPY requirements.lock requirements-dev.lock ./
RUN python -m venv /opt/masthead \
 && /opt/masthead/bin/pip install --no-cache-dir --disable-pip-version-check \
      --require-hashes -r requirements.lock
# What builds our own package is pinned as well: its lines of the other lock.
RUN awk '/^[^ #]/ {wanted = /^setuptools==/} wanted' requirements-dev.lock > build.lock \
 && python -m venv /build/tools \
 && /build/tools/bin/pip install --no-cache-dir --disable-pip-version-check \
      --require-hashes -r build.lock
COPY pyproject.toml README.md LICENSE ./
COPY app app
COPY migrations migrations
RUN /build/tools/bin/pip wheel --no-cache-dir --disable-pip-version-check \
      --no-deps --no-build-isolation --wheel-dir /build/wheels . \
 && /opt/masthead/bin/pip install --no-cache-dir --disable-pip-version-check \
      --no-deps --no-index /build/wheels/*.whl

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /srv/masthead --create-home masthead
COPY --from=build /opt/masthead /opt/masthead
# The ops port is for probes and Prometheus inside the network of containers: do not publish it.
ENV PATH=/opt/masthead/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MASTHEAD_ENVIRONMENT=production \
    MASTHEAD_HOST=0.0.0.0 \
    MASTHEAD_PORT=8000 \
    MASTHEAD_OPS_ADDRESS=0.0.0.0:9464 \
    MASTHEAD_DATA_DIR=/srv/masthead/var \
    MASTHEAD_LOG_FORMAT=json
USER masthead
WORKDIR /srv/masthead
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=8s --start-period=60s CMD ["python", "-P", "-m", "app.processes.health"]
ENTRYPOINT ["masthead"]
CMD ["serve"]
