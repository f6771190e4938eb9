FROM python:3.11-slim AS build
WORKDIR /source
RUN pip install --no-cache-dir uv==0.13.9 && python -m venv --without-pip /opt/peergroup
COPY pyproject.toml README.md LICENSE ./
COPY src src
COPY migrations migrations
# uv takes the exact versions from the constraints in pyproject.toml.
RUN uv build --no-cache --wheel --out-dir /wheels \
    && uv pip install --no-cache --compile-bytecode --python /opt/peergroup/bin/python /wheels/*.whl

FROM python:3.11-slim
RUN groupadd --gid 10001 peergroup \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin peergroup \
    && install --directory --owner=peergroup --group=peergroup --mode=0700 /data
COPY --from=build /opt/peergroup /opt/peergroup
# The default database is a file in the volume; the secret that the server makes for itself lies beside it.
ENV PATH=/opt/peergroup/bin:$PATH \
    PEERGROUP_DATABASE_URL=sqlite+aiosqlite:////data/peergroup.db \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001:10001
WORKDIR /data
VOLUME ["/data"]
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/livez', timeout=4)"]
ENTRYPOINT ["peergroup"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
