# One trimmed file in an image that holds nothing else to run.
#   docker build -t twilioemu . && docker run --rm -p 127.0.0.1:4010:4010 twilioemu
# With spoken words and MP3 recordings (espeak-ng and lame): docker build --target voices -t twilioemu:voices .
FROM node:22-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
# The web UI is made by Node, which is one program and a folder of scripts.
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /source
COPY . .
RUN case "$(uname -m)" in \
      x86_64) rid=linux-x64 ;; \
      aarch64) rid=linux-arm64 ;; \
      *) echo "no build for $(uname -m)" >&2; exit 1 ;; \
    esac \
 && dotnet publish emulator/src/TwilioEmu -c Release -r "$rid" -o /published

FROM mcr.microsoft.com/dotnet/runtime-deps:10.0 AS plain
LABEL org.opencontainers.image.title="TwilioEmu" \
      org.opencontainers.image.description="A telephone network and a Twilio in one process: test apps built on Twilio without Twilio" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /published/twilioemu /usr/local/bin/
COPY LICENSE THIRD-PARTY-NOTICES /usr/share/doc/twilioemu/
# A config file is looked for here: mount yours as /work/twilioemu.yaml.
WORKDIR /work
ENV TWILIOEMU_HOST=0.0.0.0 \
    DOTNET_EnableDiagnostics=0
EXPOSE 4010 4443
# The image has no curl: the program asks itself.
HEALTHCHECK --interval=2s --timeout=3s --start-period=10s --retries=5 CMD ["twilioemu", "health"]
USER $APP_UID
ENTRYPOINT ["twilioemu"]
CMD ["serve"]

# Words are spoken by espeak-ng in place of tones, recordings can be had as MP3 by lame; journals are the same with either image.
FROM plain AS voices
USER root
RUN apt-get update \
 && apt-get install -y --no-install-recommends espeak-ng lame \
 && rm -rf /var/lib/apt/lists/*
USER $APP_UID

# The last is what is built when none is named: nothing else to run.
FROM plain
