# crossties with its own graph; docs/operate.md says how to run it.
FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 CROSSTIES_HOME=/var/lib/crossties CROSSTIES_LOG=json
RUN useradd --system --create-home --home-dir /var/lib/crossties crossties
WORKDIR /opt/crossties
COPY requirements/ requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE LICENSE-DATA ./
COPY ontology/ ontology/
COPY shapes/ shapes/
COPY queries/ queries/
COPY data/ data/
COPY server/ server/
RUN pip install --no-cache-dir --no-deps --no-build-isolation .
USER crossties
# So that a container answers at once
RUN crossties build
VOLUME /var/lib/crossties
EXPOSE 8000
HEALTHCHECK --interval=10s --start-period=10s \
  CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/health', timeout=5)"]
STOPSIGNAL SIGTERM
CMD ["crossties", "serve", "--host", "0.0.0.0", "--port", "8000"]
