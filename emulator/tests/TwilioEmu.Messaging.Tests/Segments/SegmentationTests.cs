using TwilioEmu.Messaging.Segments;

namespace TwilioEmu.Messaging.Tests.Segments;

public sealed class SegmentationTests
{
    [Theory]
    [InlineData("a", 0, 1)]
    [InlineData("a", 160, 1)]
    [InlineData("a", 161, 2)]
    [InlineData("a", 306, 2)]
    [InlineData("a", 307, 3)]
    [InlineData("€", 80, 1)]
    [InlineData("€", 81, 2)]
    [InlineData("ü", 70, 1)]
    [InlineData("ü", 160, 1)]
    public void Gsm7_text_holds_160_septets_alone_and_153_joined(string piece, int times, int segments) =>
        Of(piece, times).Should().Be(new Segmentation(SegmentEncoding.Gsm7, segments));

    [Theory]
    [InlineData("ç", 70, 1)]
    [InlineData("ç", 71, 2)]
    [InlineData("ç", 134, 2)]
    [InlineData("ç", 135, 3)]
    [InlineData("😀", 35, 1)]
    [InlineData("😀", 36, 2)]
    [InlineData("`", 1, 1)]
    [InlineData("\t", 1, 1)]
    public void One_character_outside_the_alphabet_makes_the_whole_text_ucs2(string piece, int times, int segments) =>
        Of(piece, times).Should().Be(new Segmentation(SegmentEncoding.Ucs2, segments));

    [Fact]
    public void An_extension_character_is_not_split_over_two_segments()
    {
        // 152 + 2 + 152 septets: the euro sign moves whole to the second segment, which then holds 154 and overflows.
        Segmentation.Of(new string('a', 152) + "€" + new string('a', 152)).Count.Should().Be(3);
        Segmentation.Of(new string('a', 153) + "€" + new string('a', 151)).Count.Should().Be(2);
    }

    [Fact]
    public void An_emoji_is_not_split_over_two_segments()
    {
        // 66 units, then a pair that would straddle the 67th and 68th.
        Segmentation.Of(new string('ç', 66) + "😀" + new string('ç', 66)).Count.Should().Be(3);
        Segmentation.Of(new string('ç', 67) + "😀" + new string('ç', 65)).Count.Should().Be(2);
    }

    [Fact]
    public void A_family_emoji_joined_by_zero_width_joiners_counts_all_its_units_and_stays_whole()
    {
        const string Family = "👩‍👩‍👧‍👦";
        Family.Length.Should().Be(11);
        Segmentation.Of(string.Concat(Enumerable.Repeat(Family, 6))).Count.Should().Be(1);
        Segmentation.Of(string.Concat(Enumerable.Repeat(Family, 7))).Count.Should().Be(2);
    }

    [Fact]
    public void A_pile_of_combining_marks_longer_than_a_segment_is_split_after_all() =>
        Segmentation.Of("e" + new string('\u0301', 300)).Count.Should().BeGreaterThan(4);

    /// <remarks>
    /// Texts that were sent, and <c>num_segments</c> of the live service: gh TwilioDevEd/message-segment-calculator#66 (2026-07-28), #39 and #18.
    /// </remarks>
    [Theory]
    [InlineData("a", 80, "\r\n", "a", 79, 2)]
    [InlineData("a", 80, "\n", "a", 79, 1)]
    [InlineData("a", 200, "\r\n", "a", 105, 3)]
    [InlineData("\u00E9", 70, "", "", 0, 1)]
    [InlineData("e\u0301", 70, "", "", 0, 3)]
    [InlineData("e\u0301", 1, "", "", 0, 1)]
    [InlineData("\u201Equoted\u201C", 1, "", "", 0, 1)]
    [InlineData("\u4E2D", 70, "", "", 0, 1)]
    [InlineData("\u4E2D", 71, "", "", 0, 2)]
    [InlineData("|", 1, "", "", 0, 1)]
    [InlineData("]", 153, "", "", 0, 3)]
    [InlineData("]", 84, "\U0001F618", "", 0, 2)]
    public void What_the_live_service_counted_is_counted(string piece, int times, string between, string then, int thenTimes, int segments) =>
        Segmentation.Of(string.Concat(Enumerable.Repeat(piece, times)) + between + string.Concat(Enumerable.Repeat(then, thenTimes)))
            .Count.Should().Be(segments);

    private static Segmentation Of(string piece, int times) => Segmentation.Of(string.Concat(Enumerable.Repeat(piece, times)));
}
