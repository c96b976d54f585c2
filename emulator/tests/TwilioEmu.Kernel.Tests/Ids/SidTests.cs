using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Kernel.Tests.Ids;

public sealed class SidTests
{
    [Theory]
    [InlineData("SM0123456789abcdef0123456789abcdef")]
    [InlineData("AC00000000000000000000000000000001")]
    [InlineData("ZZffffffffffffffffffffffffffffffff")]
    public void A_SID_is_spelt_as_it_was_read(string text)
    {
        Sid.TryParse(text, out var sid).Should().BeTrue();
        sid.ToString().Should().Be(text);
        var bytes = new byte[Sid.Size];
        sid.Write(bytes);
        Sid.Read(bytes).Should().Be(sid);
    }

    [Theory]
    [InlineData("")]
    [InlineData("SM0123456789abcdef0123456789abcde")]
    [InlineData("SM0123456789abcdef0123456789abcdef0")]
    [InlineData("SM0123456789ABCDEF0123456789abcdef")]
    [InlineData("SM0123456789abcdef0123456789abcdeg")]
    [InlineData("sM0123456789abcdef0123456789abcdef")]
    [InlineData("S10123456789abcdef0123456789abcdef")]
    public void What_would_be_spelt_in_another_way_is_no_SID(string text) => Sid.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void No_letter_but_a_digit_is_read_as_one_wherever_it_stands()
    {
        var wrong = new List<string>();
        for (var place = 2; place < 34; place++)
        {
            for (var letter = (int)char.MinValue; letter <= char.MaxValue; letter += letter < 0x200 ? 1 : 0x7F)
            {
                var text = $"SM{new string('0', 32)}".ToCharArray();
                text[place] = (char)letter;
                var isDigit = letter is (>= '0' and <= '9') or (>= 'a' and <= 'f');
                var isRead = Sid.TryParse(text, out var sid);
                if (isRead != isDigit || (isRead && sid.ToString() != new string(text))) wrong.Add($"{letter:x4} at {place}");
            }
        }
        wrong.Should().BeEmpty();
    }

    [Fact]
    public void SIDs_differ_by_letters_and_by_every_digit()
    {
        var all = new HashSet<Sid>();
        foreach (var letters in new[] { "SM", "MM", "SN" })
        {
            for (var digit = 0; digit < 32; digit++)
            {
                _ = Sid.TryParse(letters + new string('0', digit) + "1" + new string('0', 31 - digit), out var sid);
                all.Add(sid).Should().BeTrue();
            }
        }
    }
}
