using TwilioEmu.Media.Codecs;

namespace TwilioEmu.Media.Tests.Codecs;

public sealed class G711Tests
{
    // ITU-T G.711 tables 1a and 2a: decoder outputs, here scaled to 16 bits (mu-law 14 bits by 4, A-law 13 bits by 8).
    [Theory]
    [InlineData(0xFF, 0)]
    [InlineData(0x7F, 0)]
    [InlineData(0x80, 32124)]
    [InlineData(0x00, -32124)]
    [InlineData(0x8F, 16764)]
    [InlineData(0xFE, 8)]
    [InlineData(0xEF, 132)]
    public void Mu_law_decodes_as_the_table_has_it(int coded, int pcm)
    {
        var decoded = new short[1];
        G711.DecodeUlaw([(byte)coded], decoded);
        decoded[0].Should().Be((short)pcm);
    }

    [Theory]
    [InlineData(0xD5, 8)]
    [InlineData(0x55, -8)]
    [InlineData(0xAA, 32256)]
    [InlineData(0x2A, -32256)]
    [InlineData(0xC5, 264)]
    public void A_law_decodes_as_the_table_has_it(int coded, int pcm)
    {
        var decoded = new short[1];
        G711.DecodeAlaw([(byte)coded], decoded);
        decoded[0].Should().Be((short)pcm);
    }

    [Fact]
    public void Every_code_survives_decoding_and_encoding()
    {
        var all = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        var (pcm, back) = (new short[256], new byte[256]);
        G711.DecodeUlaw(all, pcm);
        G711.EncodeUlaw(pcm, back);
        back.Should().Equal(all.Select(c => c == 0x7F ? (byte)0xFF : c), "both zeros of mu-law are one in PCM");
        G711.DecodeAlaw(all, pcm);
        G711.EncodeAlaw(pcm, back);
        back.Should().Equal(all);
    }

    [Fact]
    public void The_error_is_never_more_than_half_a_step()
    {
        var pcm = Enumerable.Range(short.MinValue, 65536).Select(i => (short)i).ToArray();
        var (coded, decoded) = (new byte[pcm.Length], new short[pcm.Length]);
        G711.EncodeUlaw(pcm, coded);
        G711.DecodeUlaw(coded, decoded);
        Errors().Should().BeTrue();
        G711.EncodeAlaw(pcm, coded);
        G711.DecodeAlaw(coded, decoded);
        Errors().Should().BeTrue();

        // Sixteen steps a segment: half a step is a 32nd of the segment's start (mu-law: with its bias of 132).
        bool Errors() =>
            pcm.Zip(decoded).All(p =>
            Math.Abs(p.First - p.Second) <= Math.Max(12, (Math.Abs((int)p.First) + 132) / 31) || Math.Abs((int)p.First) > 32000);
    }

    [Fact]
    public void Silence_is_silence()
    {
        var coded = new byte[1];
        G711.EncodeUlaw([0], coded);
        coded[0].Should().Be(0xFF);
        G711.EncodeAlaw([0], coded);
        coded[0].Should().Be(0xD5, "the smallest positive value, even bits inverted");
    }
}
