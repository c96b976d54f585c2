using TwilioEmu.Messaging.Segments;

namespace TwilioEmu.Messaging.Tests.Segments;

/// <summary>What holds of every text, tried on many.</summary>
public sealed class SegmentationPropertyTests
{
    private const string Basic = "abcXYZ 0189@£$éΔ_ÆßÑü¿\n";
    private const string Extended = "^{}[]~|€\\";
    private static readonly string[] Others = ["ç", "`", "\t", "漢", "😀", "👨‍👩‍👧", "e\u0301"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void More_text_never_takes_fewer_segments_and_one_piece_at_most_one_more(int seed)
    {
        var random = new Random(seed);
        var text = "";
        var before = Segmentation.Of("x") with { Count = 1 };
        for (var i = 0; i < 600; i++)
        {
            text += Piece(random, isGsm: seed != 3);
            var now = Segmentation.Of(text);
            if (i > 0 && now.Encoding == before.Encoding) now.Count.Should().BeInRange(before.Count, before.Count + 1);
            before = now;
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Basic_text_takes_what_its_length_says(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 300; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 1601)).Select(_ => Basic[random.Next(Basic.Length)]));
            Segmentation.Of(text).Should().Be(new Segmentation(SegmentEncoding.Gsm7, text.Length <= 160 ? 1 : (text.Length + 152) / 153));
        }
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public void No_text_takes_fewer_segments_than_its_septets_or_units_fill(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 300; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 400)).Select(_ => Piece(random, isGsm: false)));
            var (encoding, count) = Segmentation.Of(text);
            var units = encoding == SegmentEncoding.Ucs2 ? text.Length : text.Sum(c => Extended.Contains(c) ? 2 : 1);
            var (alone, joined) = encoding == SegmentEncoding.Ucs2 ? (70, 67) : (160, 153);
            count.Should().BeGreaterThanOrEqualTo(units <= alone ? 1 : (units + joined - 1) / joined);
        }
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public void Smart_encoding_leaves_nothing_more_to_replace(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 300; i++)
        {
            var text = string.Concat(Enumerable.Range(0, 50).Select(_ => (char)random.Next(0x20, 0xD7FF)));
            var once = SmartEncoding.Apply(text);
            SmartEncoding.Apply(once).Should().Be(once);
        }
    }

    private static string Piece(Random random, bool isGsm) => random.Next(10) switch
    {
        0 when !isGsm => Others[random.Next(Others.Length)],
        0 or 1 => Extended[random.Next(Extended.Length)].ToString(),
        _ => Basic[random.Next(Basic.Length)].ToString(),
    };
}
