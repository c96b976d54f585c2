using System.Text;
using TwilioEmu.Scenarios.Yaml;

namespace TwilioEmu.Scenarios.Tests.Yaml;

/// <summary>Files as editors of three systems write them.</summary>
public sealed class YamlTextTests
{
    private const string Text = "a: é\r\nb: 2\r\n";

    [Fact]
    public void A_mark_at_the_beginning_says_how_the_file_is_written_and_is_no_part_of_it()
    {
        foreach (var encoding in new Encoding[]
        {
            new UTF8Encoding(false),
            new UTF8Encoding(true),
            new UnicodeEncoding(false, true),
            new UnicodeEncoding(true, true),
        })
        {
            YamlText.Decode([.. encoding.GetPreamble(), .. encoding.GetBytes(Text)]).Should().Be(Text, encoding.WebName);
        }
    }

    [Theory]
    [InlineData(28591, "the byte 0xE9 at line 1, column 4 begins no character; save it as UTF-8")]
    [InlineData(1200, "it holds NUL bytes, as UTF-16 without a mark does; save it as UTF-8")]
    public void What_is_no_utf_8_is_told_with_its_place_and_not_read_as_something_else(int codePage, string told)
    {
        var read = () => YamlText.Decode(Encoding.GetEncoding(codePage).GetBytes(Text));
        read.Should().Throw<IOException>().WithMessage("the file is not UTF-8: *" + told);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0, 0, 0xD8, (byte)'b', 0 })]
    [InlineData(new byte[] { 0xFE, 0xFF, 0, (byte)'a', 0 })]
    public void What_is_no_utf_16_though_its_mark_says_so_is_told_and_not_read_as_something_else(byte[] bytes)
    {
        var read = () => YamlText.Decode(bytes);
        read.Should().Throw<IOException>().WithMessage("the file is not UTF-16*");
    }
}
