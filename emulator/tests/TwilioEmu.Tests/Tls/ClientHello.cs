using System.Net.Security;

namespace TwilioEmu.Tests.Tls;

/// <summary>The first words of a TLS client, taken from a real one.</summary>
internal static class ClientHello
{
    public static async Task<byte[]> ForAsync(string name)
    {
        var wire = new Wire();
        await using var tls = new SslStream(wire);
        await FluentActions.Awaiting(() => tls.AuthenticateAsClientAsync(name)).Should().ThrowAsync<IOException>("nobody answers");
        return wire.Written.ToArray();
    }

    /// <summary>Keeps what is written, and has nothing to read.</summary>
    private sealed class Wire : Stream
    {
        public List<byte> Written { get; } = [];

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => 0;

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Written.AddRange(buffer.AsSpan(offset, count));
    }
}
