using System.Buffers;
using System.Text;
using TwilioEmu.Proxy;

namespace TwilioEmu.Tests.Proxy;

public sealed class ConnectHeadTests
{
    [Theory]
    [InlineData("CONNECT api.twilio.com:443 HTTP/1.1\r\nHost: api.twilio.com:443\r\n\r\n", "api.twilio.com", 443)]
    [InlineData("CONNECT api.twilio.com:443 HTTP/1.0\r\n\r\n", "api.twilio.com", 443)]
    [InlineData("CONNECT [::1]:8080 HTTP/1.1\r\nProxy-Connection: keep-alive\r\nUser-Agent:\r\n\r\n", "::1", 8080)]
    [InlineData("CONNECT 10.0.0.1:65535 HTTP/1.1\r\n\r\n", "10.0.0.1", 65535)]
    [InlineData("CONNECT my_host-1.internal:1 HTTP/1.1\r\n\r\n", "my_host-1.internal", 1)]
    public void A_sound_head_is_read(string text, string host, int port)
    {
        Read(text, out var head, out _).Should().Be(ConnectOutcome.Read);
        head.Should().Be(new ConnectHead(host, port));
    }

    [Theory]
    [InlineData("CONNECT api.twilio.com HTTP/1.1\r\n\r\n")]
    [InlineData("CONNECT :443 HTTP/1.1\r\n\r\n")]
    [InlineData("CONNECT api.twilio.com:0 HTTP/1.1\r\n\r\n")]
    [InlineData("CONNECT api.twilio.com:65536 HTTP/1.1\r\n\r\n")]
    [InlineData("CONNECT api.twilio.com:+443 HTTP/1.1\r\n\r\n")]
    [InlineData("CONNECT api.twilio.com:443 HTTP/2\r\n\r\n")]
    [InlineData("CONNECT api.twilio.com:443  HTTP/1.1\r\n\r\n")]
    [InlineData("CONNECT api.twilio.com:443\r\n\r\n")]
    [InlineData("CONNECT https://api.twilio.com:443 HTTP/1.1\r\n\r\n")]
    [InlineData("CONNECT user@api.twilio.com:443 HTTP/1.1\r\n\r\n")]
    [InlineData("CONNECT [::1:443 HTTP/1.1\r\n\r\n")]
    [InlineData("CONNECT [127.0.0.1]:443 HTTP/1.1\r\n\r\n")]
    [InlineData("CONNECT ::1:443 HTTP/1.1\r\n\r\n")]
    [InlineData("CONNECT a:443 HTTP/1.1\r\nno colon\r\n\r\n")]
    [InlineData("CONNECT a:443 HTTP/1.1\r\nName : spaced\r\n\r\n")]
    [InlineData("CONNECT a:443 HTTP/1.1\r\n folded: x\r\n\r\n")]
    [InlineData("CONNECT a:443 HTTP/1.1\nHost: a\r\n\r\n")]
    public void A_head_that_is_wrong_is_malformed(string text) => Read(text, out _, out _).Should().Be(ConnectOutcome.Malformed);

    [Fact]
    public void A_head_in_pieces_is_waited_for()
    {
        const string Whole = "CONNECT api.twilio.com:443 HTTP/1.1\r\nHost: x\r\n\r\n";
        for (var length = 0; length < Whole.Length; length++) Read(Whole[..length], out _, out _).Should().Be(ConnectOutcome.Incomplete);
    }

    [Fact]
    public void What_follows_the_head_is_the_tunnels()
    {
        var buffer = Sequence("CONNECT a:443 HTTP/1.1\r\n\r\n\u0016\u0003\u0001");
        ConnectHead.TryRead(buffer, out _, out var end).Should().Be(ConnectOutcome.Read);
        buffer.Slice(end).ToArray().Should().Equal(22, 3, 1);
    }

    [Fact]
    public void A_head_has_a_bound_whole_or_not()
    {
        Read("CONNECT a:443 HTTP/1.1\r\nX: " + new string('x', ConnectHead.MaxBytes), out _, out _).Should().Be(ConnectOutcome.TooLarge);
        Read("CONNECT a:443 HTTP/1.1\r\nX: " + new string('x', ConnectHead.MaxBytes) + "\r\n\r\n", out _, out _)
            .Should().Be(ConnectOutcome.TooLarge);
        Read("CONNECT " + new string('a', 254) + ":443 HTTP/1.1\r\n\r\n", out _, out _)
            .Should().Be(ConnectOutcome.Malformed, "no name is that long");
    }

    [Fact]
    public void A_head_that_lies_in_pieces_in_memory_is_read_the_same()
    {
        var first = new Piece("CONNECT api.twi"u8.ToArray(), null);
        var last = new Piece("lio.com:443 HTTP/1.1\r\n\r"u8.ToArray(), first);
        last = new Piece("\n"u8.ToArray(), last);
        ConnectHead.TryRead(new ReadOnlySequence<byte>(first, 0, last, 1), out var head, out _).Should().Be(ConnectOutcome.Read);
        head.Host.Should().Be("api.twilio.com");
    }

    private static ConnectOutcome Read(string text, out ConnectHead head, out SequencePosition end) =>
        ConnectHead.TryRead(Sequence(text), out head, out end);

    private static ReadOnlySequence<byte> Sequence(string text) => new(Encoding.Latin1.GetBytes(text));

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(byte[] bytes, Piece? before)
        {
            Memory = bytes;
            if (before is null) return;
            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }
}
